export { encodeBase64 } from './base64.ts';
export { type ClientRegistration, parseClientRegistration } from './client-registration.ts';
export {
  describeRedirectPattern,
  type RedirectPatternDescription,
} from './describe-redirect-pattern.ts';
export { parseDeviceRequest } from './device-request.ts';
export { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.ts';
export type { ErrorEntry } from './error-entry.ts';
export { parseExpiry } from './expiry.ts';
export { findUrl } from './find-url.ts';
export { isKeyPair } from './key-pair-match.ts';
export {
  type KeyRequestParameters,
  type Padding,
  parseKeyRequest,
  type RawParameters,
  requireParameter,
} from './key-request.ts';
export { buildKeyRequestUrl, type KeyRequest } from './key-request-url.ts';
export { parseOneTimePasswordRequest } from './one-time-password-request.ts';
export { encodePayload, type Payload, parsePayload } from './payload.ts';
export { checkPayloadFits, maxNonceBytes, payloadRoom } from './payload-room.ts';
export { AUTH_API_VERSION, type ProbeAnswer, type ProbeResult, readProbe } from './probe.ts';
export { type PublicKeyLimits, parsePublicKey, type RsaPublicKey, writePem } from './public-key.ts';
export { parseRedirect, type Redirect } from './redirect.ts';
export { isRedirectAllowed, parseRedirectPatterns, type RedirectPattern } from './redirect-pattern.ts';
export { addToRedirect, redirectWarningHost } from './redirect-target.ts';
export { parseScopeList } from './scope-list.ts';
export { parseSealedPayload } from './sealed-payload.ts';
export {
  describeError,
  type ErrorBody,
  type ErrorDescription,
  type ErrorDetails,
  errorBody,
  ValetkeyError,
} from './valetkey-error.ts';
