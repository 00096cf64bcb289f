export type { AuditAction, AuditEvent, AuditEventFactory, NewAuditEvent } from './core/audit/audit-event.ts';
export type { AppBlock, BlockKind } from './core/blocks/app-block.ts';
export type { Icon } from './core/icons/parse-icon.ts';
export {
  createFindClientIpAddress,
  createIsTrustedProxy,
  type FindClientIpAddress,
  findClientIpAddress,
} from './core/ip/client-ip-address.ts';
export { ipAddressGroup } from './core/ip/ip-address-group.ts';
export type { AdminKeyRecord, AdminScope, AdminScopeMode, NewAdminKey } from './core/key/admin-key-record.ts';
export { decideRefresh, type RefreshDecision } from './core/key/decide-refresh.ts';
export { hashKey } from './core/key/hash-key.ts';
export type { KeyKind, KeyRecord, NewKey, RevocationReason, VerifiedKey } from './core/key/key-record.ts';
export { isActive } from './core/key/key-state.ts';
export type { MaybePromise } from './core/maybe-promise.ts';
export type { Notice } from './core/notices/notice.ts';
export { redactUrl } from './core/redact/redact-url.ts';
export type { Refusal } from './core/refusal.ts';
export { createRouteMatcher, type RouteDefinition, type RouteMatcher } from './core/routes/route-matcher.ts';
export type { AdminRoute, AdminScopeDefinition, AdminScopeDefinitions } from './core/scopes/admin-scope.ts';
export { defaultScopes } from './core/scopes/default-scopes.ts';
export {
  type DefinedScope,
  defineScopes,
  type RouteShorthand,
  type ScopeInput,
} from './core/scopes/define-scopes.ts';
export { discourseAdminScopes } from './core/scopes/discourse-admin-scopes.ts';
export { discourseScopes } from './core/scopes/discourse-scopes.ts';
export {
  type BoundValues,
  type MatchedRoute,
  type Method,
  ownUsername,
  type RoutePermission,
  type ScopeDefinition,
  type ScopeDefinitions,
} from './core/scopes/scope.ts';
export type { SettingDefaults, SettingName, Settings } from './core/settings/setting-table.ts';
export type { Remaining, RemainingUses, UseLimits } from './core/use-limits.ts';
export { discoursePreset } from './discourse-preset.ts';
export type { AuthorizeResult, RefusedResult } from './http/authorize.ts';
export { type CorsPolicy, corsHeaders } from './http/cors.ts';
export type { Extension } from './http/extension.ts';
export { rateLimitHeaders } from './http/rate-limit-headers.ts';
export { readCredentials } from './http/read-credentials.ts';
export { refusalBody, refusalHeaders, refusalStatus } from './http/render-refusal.ts';
export type { HeaderReader, RequestHead } from './http/request-head.ts';
export { stripCredentials } from './http/strip-credentials.ts';
export {
  createInProcessAttemptLimiter,
  type InProcessAttemptLimiter,
} from './in-process/in-process-attempt-limiter.ts';
export { createInProcessChangeFeed } from './in-process/in-process-change-feed.ts';
export { createInProcessUseLimiter, type InProcessUseLimiter } from './in-process/in-process-use-limiter.ts';
export { discourseFeeds, type FeedDefinition, type FeedDefinitions } from './issue/feeds/feed.ts';
export type { JobFailure } from './jobs/start-jobs.ts';
export type { AdminKeyLastUsed, AdminKeyStore } from './ports/admin-key-store.ts';
export type { AppBlockStore, AppsOfReceiver } from './ports/app-block-store.ts';
export type { AttemptLimiter, AttemptWindow, CreateAttemptLimiter } from './ports/attempt-limiter.ts';
export type { AuditFilter, AuditStore } from './ports/audit-store.ts';
export type { Change, ChangeFeed, Unsubscribe } from './ports/change-feed.ts';
export type { ClientIcon, ClientIconStore, IconOwner } from './ports/client-icon-store.ts';
export type { ClientCursor, ClientStore, RegisteredClient } from './ports/client-store.ts';
export type {
  DeviceGrant,
  GrantApproval,
  GrantSecret,
  GrantState,
  GrantStore,
  NewGrant,
} from './ports/grant-store.ts';
export type {
  KeyFilter,
  KeyLastUsed,
  KeyPage,
  KeyStore,
  StaleKeys,
  UndoOutcome,
} from './ports/key-store.ts';
export type { KeyNetwork, KeyUseCount, KeyUseStore } from './ports/key-use-store.ts';
export type {
  OauthClientCursor,
  OauthClientKind,
  OauthClientStore,
  StoredOauthClient,
} from './ports/oauth-client-store.ts';
export type { OauthGrantSearch } from './ports/oauth-grant-search.ts';
export type {
  AuthorizationCode,
  NewAuthorizationCode,
  NewOauthGrant,
  NewOauthTokens,
  OauthGrant,
  OauthGrantStore,
  RefreshOutcome,
  RefreshToken,
  RevokedGrant,
} from './ports/oauth-grant-store.ts';
export type { OneTimePassword, OneTimePasswordStore } from './ports/one-time-password-store.ts';
export type { PageMounts } from './ports/page-paths.ts';
export type { PersonalKeyStore, RotationOutcome, Successor } from './ports/personal-key-store.ts';
export type {
  ClaimedPush,
  NewPush,
  PushCompletion,
  PushStore,
  QueuedPush,
} from './ports/push-store.ts';
export type { BatchEnd, RecordBatch, RecordPage } from './ports/record-batch.ts';
export type { SettingStore } from './ports/setting-store.ts';
export type { SigningKey, SigningKeyStore } from './ports/signing-key-store.ts';
export type { PageFrame, RequestContext, Session, Site, SiteUser } from './ports/site.ts';
export type { Store } from './ports/store.ts';
export type { UseDecision, UseLimiter } from './ports/use-limiter.ts';
export type { PushOptions } from './push/create-push.ts';
export type { PushNotification } from './push/push-notification.ts';
export type { PushProblem } from './push/push-outcome.ts';
export type { PushFailure } from './push/push-worker.ts';
export {
  checkSetting,
  type SettingChanger,
  type SettingRow,
  type SettingsRegistry,
} from './settings/settings.ts';
export { createValetkey } from './valetkey.ts';
export type { Valetkey } from './valetkey-api.ts';
export type { ValetkeyOptions } from './valetkey-options.ts';
export type {
  AdminKeyCredential,
  Credential,
  UserKeyCredential,
  VerifyRequest,
} from './verify/verify-request.ts';
export type {
  AdminKeyPrincipal,
  AllowedResult,
  Principal,
  UserKeyPrincipal,
  VerifyResult,
} from './verify/verify-result.ts';
