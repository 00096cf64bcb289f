export { ValetkeyError } from '@valetkey/protocol';
export { type AskVerdict, askRequest, askSite, processAskAnswer } from './ask-site.ts';
export type { Clock } from './clock.ts';
export { type Connection, type ConnectionOptions, type CurrentUser, createConnection } from './connection.ts';
export { type DeviceLoginOptions, deviceLogin } from './device-login.ts';
export { type DeviceVerdict, devicePollRequest, processDevicePoll } from './device-poll.ts';
export {
  type DevicePrompt,
  type DeviceStart,
  deviceStartRequest,
  processDeviceStart,
} from './device-start.ts';
export { generateKeyPair, type KeyPair } from './key-pair.ts';
export {
  createLogin,
  type GrantedKey,
  type Login,
  type LoginOptions,
  openLogin,
  type PendingLogin,
} from './login.ts';
export type { LoginCrypto } from './login-crypto.ts';
export { probeRequest, probeSite, processProbeAnswer, type SiteProbe } from './probe-site.ts';
export { randomToken } from './random-token.ts';
export {
  type AnswerReceiver,
  type RedirectLoginOptions,
  redirectLogin,
} from './redirect-login.ts';
export { createSchemeReceiver, type SchemeReceiver } from './scheme-receiver.ts';
export type { FetchOptions } from './send-request.ts';
export { parseSite } from './site-address.ts';
export { processRevokeAnswer, readSiteRefusal, SiteRefusal, type SiteRefusalParts } from './site-refusal.ts';
