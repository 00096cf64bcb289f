export { createMemoryLoginStore, type LoginStore } from './login-store.ts';
export { loopbackLogin } from './loopback-login.ts';
export { type LoopbackReceiver, listenOnLoopback } from './loopback-receiver.ts';
export {
  createServerLogins,
  type FinishedLogin,
  type ServerLogins,
  type ServerLoginsOptions,
  type StartedLogin,
} from './server-logins.ts';
