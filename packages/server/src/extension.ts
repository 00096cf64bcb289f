// The entry point for extensions of this project, such as @valetkey/oauth. Sites use the main entry point.
export { createAuditEventFactory } from './core/audit/audit-event-factory.ts';
export { clientAuditTarget, grantAuditTarget } from './core/audit/audit-target.ts';
export { isSameText } from './core/csrf/is-same-text.ts';
export { ipAddressGroup } from './core/ip/ip-address-group.ts';
export { createKeyText, hashKey } from './core/key/hash-key.ts';
export { withoutQuery } from './core/key/without-query.ts';
export { listGrantableScopes } from './core/scopes/grantable-scopes.ts';
export { isPermitted, permissionsOf } from './core/scopes/scope.ts';
export type { CountedUse } from './core/use-limits.ts';
export { findBearerChallenge, formatChallenge, withChallenge } from './http/bearer-challenge.ts';
export type { EndpointRequest } from './http/endpoint-request.ts';
export type { Endpoint } from './http/endpoints/endpoint.ts';
export type { EndpointTable, ExtraEndpoints } from './http/endpoints/endpoint-table.ts';
export { readUserKey } from './http/endpoints/keys/read-user-key.ts';
export { startOauthDeviceAuthorization } from './http/endpoints/oauth/device-authorization.ts';
export { oauthEndpoint } from './http/endpoints/oauth/oauth-endpoint.ts';
export { type OauthErrorCode, oauthError } from './http/endpoints/oauth/oauth-error.ts';
export { DEVICE_GRANT } from './http/endpoints/oauth/oauth-paths.ts';
export { requireTls } from './http/endpoints/oauth/require-tls.ts';
export { oauthToken as oauthDeviceToken, pollForClient } from './http/endpoints/oauth/token.ts';
export { readShortText } from './http/endpoints/read-body-text.ts';
export { openAdminPage, requireAdmin } from './http/endpoints/require-admin.ts';
export {
  findSessionWithoutKey,
  requireSession,
  requireSessionToRevoke,
} from './http/endpoints/require-session.ts';
export { createInnerRequest, type OuterRequest } from './http/inner-requests.ts';
export { loadIconsOf, loadRequestIcon } from './http/load-icons.ts';
export { createPageContext } from './http/page-context.ts';
export { readHeaderCredentials } from './http/read-credentials.ts';
export { refusalResponse } from './http/render-refusal.ts';
export { emptyBody, jsonResponse, pageResponse, redirectResponse } from './http/responses.ts';
export { applyConsentChoice, parseConsentChoice } from './issue/consent-choice.ts';
export { markAnswerSent } from './issue/device/poll-grant.ts';
export { startOauthGrant } from './issue/device/start-grant.ts';
export type { Provider } from './issue/provider.ts';
export { requireUnblocked } from './issue/steps/check-block.ts';
export { requireFeature } from './issue/steps/check-feature.ts';
export {
  type DeviceRequest,
  evaluateOauthRequest,
  evaluateStoredGrant,
} from './issue/steps/evaluate-key-request.ts';
export { findTargetAddresses } from './push/find-target-addresses.ts';
export { adminPath } from './ui/admin/admin-paths.ts';
export {
  type ListedOauthClient,
  type OauthClientsView,
  oauthClientsPage,
} from './ui/admin/oauth-clients-page.ts';
export { type ListedTool, toolsPage } from './ui/admin/tools-page.ts';
export { oauthConsentPage } from './ui/pages/oauth-consent-page.ts';
export { signedOutPage, signOutPage } from './ui/pages/sign-out-page.ts';
