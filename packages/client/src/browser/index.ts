export { ValetkeyError } from '@valetkey/protocol';
export {
  type BrowserGrant,
  type FinishLoginOptions,
  finishLogin,
  type StartLoginOptions,
  startLogin,
} from './browser-login.ts';
export {
  type BrowserLogin,
  type BrowserLoginStore,
  createLoginDatabase,
  type StoredBrowserLogin,
} from './login-database.ts';
