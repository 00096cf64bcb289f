export { closeWebSocket } from './adapters/close-web-socket.ts';
export { findPathAmbiguity, type PathAmbiguity, type PathRules } from './core/routes/find-path-ambiguity.ts';
export {
  decideForwarded,
  decidePath,
  type ForwardDecision,
  type ForwardParts,
  type RefusedForward,
  refuseForward,
} from './http/forward-auth/decide-forwarded.ts';
export {
  createForwardAuth,
  type ForwardAuth,
  type ForwardAuthOptions,
} from './http/forward-auth/forward-auth.ts';
export type { ProxyResponse } from './http/forward-auth/render-proxy-response.ts';
export {
  describeIdentity,
  encodeHeaderText,
  foldHeaderName,
  type Identity,
  isIdentityHeader,
  NO_IDENTITY,
} from './http/identity-headers.ts';
export { refusalResponse } from './http/render-refusal.ts';
export { isCredentialHeader, stripUrlKey } from './http/strip-credentials.ts';
