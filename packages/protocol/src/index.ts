export { encodeBase64 } from './crypto/base64.ts';
export { isKeyPair } from './crypto/key-pair-match.ts';
export { encodePayload, type Payload, parsePayload } from './crypto/payload.ts';
export { checkPayloadFits, maxNonceBytes, maxPayloadBytes } from './crypto/payload-size.ts';
export {
  isLargeEnough,
  type PublicKeyLimits,
  parsePublicKey,
  type RsaPublicKey,
  writePem,
} from './crypto/public-key.ts';
export { parseSealedPayload } from './crypto/sealed-payload.ts';
export type { ErrorCode } from './errors/error-catalogue.ts';
export type { ErrorDetails, ReasonTexts } from './errors/error-entry.ts';
export { NETWORK_REASONS } from './errors/network-reasons.ts';
export { ValetkeyError } from './errors/valetkey-error.ts';
export { describeRedirectPattern } from './redirect/describe-redirect-pattern.ts';
export { findUrl } from './redirect/find-url.ts';
export { isDangerousScheme, parseRedirect, type Redirect } from './redirect/redirect.ts';
export {
  isRedirectAllowed,
  parseRedirectPatterns,
  type RedirectPattern,
} from './redirect/redirect-pattern.ts';
export type {
  RedirectPatternDescription,
  RedirectPatternTexts,
  RedirectPlace,
} from './redirect/redirect-pattern-texts.ts';
export { addToRedirect, redirectWarningHost } from './redirect/redirect-target.ts';
export { type ClientRegistration, parseClientRegistration } from './request/client-registration.ts';
export { parseDeviceRequest } from './request/device-request.ts';
export { parseExpiry } from './request/expiry.ts';
export {
  type KeyRequestParameters,
  type Padding,
  parseKeyRequest,
  type RawParameters,
  requireParameter,
} from './request/key-request.ts';
export { buildKeyRequestUrl, type KeyRequestOptions } from './request/key-request-url.ts';
export { parseOneTimePasswordRequest } from './request/one-time-password-request.ts';
export { AUTH_API_VERSION, type ProbeAnswer, type ProbeResult, readProbe } from './request/probe.ts';
export { parseScopeList } from './request/scope-list.ts';
export { isVisibleName } from './request/visible-name.ts';
