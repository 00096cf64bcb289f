export { ValetkeyError } from '@valetkey/protocol';
export { askRedirect, type RedirectVerdict } from './ask-redirect.ts';
export { type AskVerdict, askRequest, askSite, buildAsk, processAskAnswer } from './ask-site.ts';
export type { Clock } from './clock.ts';
export { type Connection, type ConnectionOptions, createConnection } from './connection.ts';
export { type DeviceLoginOptions, deviceLogin } from './device-login.ts';
export { buildDevicePoll, type DeviceVerdict, devicePollRequest, processDevicePoll } from './device-poll.ts';
export {
  buildDeviceStart,
  type DevicePrompt,
  type DeviceStart,
  deviceStartRequest,
  processDeviceStart,
} from './device-start.ts';
export { generateKeyPair, type KeyPair } from './key-pair.ts';
export { explainRefusal } from './key-state.ts';
export {
  createLogin,
  type GrantedKey,
  type Login,
  type LoginOptions,
  openLogin,
  type PendingLogin,
} from './login.ts';
export type { LoginCrypto } from './login-crypto.ts';
export { buildProbe, probeRequest, probeSite, processProbeAnswer, type SiteProbe } from './probe-site.ts';
export { randomToken } from './random-token.ts';
export {
  type AnswerReceiver,
  type RedirectLoginOptions,
  redirectLogin,
} from './redirect-login.ts';
export { decideRetryPause } from './retry-pause.ts';
export { createSchemeReceiver, type SchemeReceiver } from './scheme-receiver.ts';
export type { FetchOptions, HttpOptions, SiteRequest } from './send-request.ts';
export { buildRequestWithKey, type KeyHolder } from './send-with-key.ts';
export { parseSite } from './site-address.ts';
export {
  buildRevoke,
  processRevokeAnswer,
  readSiteRefusal,
  SiteRefusal,
  type SiteRefusalParts,
} from './site-refusal.ts';
export { buildWhoami, type CurrentUser, processWhoami } from './who-am-i.ts';
