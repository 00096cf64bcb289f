export { ERROR_CATALOGUE, type ErrorCode, type ErrorEntry } from './error-catalogue.ts';
export { parseExpiry } from './expiry.ts';
export {
  type KeyRequestParameters,
  type Padding,
  parseKeyRequest,
  type RawParameters,
  requireParameter,
} from './key-request.ts';
export { buildKeyRequestUrl, type KeyRequest } from './key-request-url.ts';
export {
  checkPayloadFits,
  encodePayload,
  maxNonceBytes,
  type Payload,
  parsePayload,
  payloadRoom,
} from './payload.ts';
export { AUTH_API_VERSION, type ProbeAnswer, type ProbeResult, readProbe } from './probe.ts';
export { parsePublicKey, type RsaPublicKey, writePem } from './public-key.ts';
export { addToRedirect, parseRedirect, type Redirect, redirectWarningHost } from './redirect.ts';
export { isRedirectAllowed, parseRedirectPatterns, type RedirectPattern } from './redirect-pattern.ts';
export { parseScopeList } from './scope-list.ts';
export { parseSealedPayload } from './sealed-payload.ts';
export {
  describeError,
  type ErrorBody,
  type ErrorDetails,
  errorBody,
  ValetkeyError,
} from './valetkey-error.ts';
