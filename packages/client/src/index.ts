export { ValetkeyError } from '@valetkey/protocol';
export type { Clock } from './clock.ts';
export { type Connection, type ConnectionOptions, createConnection } from './connection.ts';
export { type DeviceLoginOptions, deviceLogin } from './device-login.ts';
export {
  buildDevicePoll,
  type DevicePollResult,
  devicePollRequest,
  processDevicePoll,
} from './device-poll.ts';
export {
  buildDeviceStart,
  type DevicePrompt,
  type DeviceStart,
  deviceStartRequest,
  processDeviceStart,
} from './device-start.ts';
export { findSite, listSiteCandidates } from './find-site.ts';
export { generateKeyPair, type KeyPair } from './key-pair.ts';
export { explainRefusal } from './key-state.ts';
export { buildScopeList, listScopes, processScopeList, type SiteScope } from './list-scopes.ts';
export {
  createLogin,
  type GrantedKey,
  type Login,
  type LoginOptions,
  openLogin,
  type PendingLogin,
} from './login.ts';
export type { LoginCrypto } from './login-crypto.ts';
export {
  buildPrecheck,
  type PrecheckResult,
  precheckLogin,
  precheckRequest,
  processPrecheckResponse,
} from './precheck-login.ts';
export { precheckRedirect, type RedirectPrecheckResult } from './precheck-redirect.ts';
export { buildProbe, probeRequest, probeSite, processProbeResponse, type SiteProbe } from './probe-site.ts';
export { randomToken } from './random-token.ts';
export {
  type AnswerReceiver,
  type RedirectLoginOptions,
  redirectLogin,
} from './redirect-login.ts';
export { decideRetryDelay } from './retry-delay.ts';
export { createSchemeReceiver, type SchemeReceiver } from './scheme-receiver.ts';
export type { FetchOptions, HttpOptions, SiteRequest } from './send-request.ts';
export { buildRequestWithKey, type KeyHolder } from './send-with-key.ts';
export {
  buildRevoke,
  processRevokeResponse,
  readSiteRefusal,
  SiteRefusal,
  type SiteRefusalParts,
} from './site-refusal.ts';
export { parseSite } from './site-url.ts';
export { buildWhoami, type CurrentUser, processWhoami } from './who-am-i.ts';
