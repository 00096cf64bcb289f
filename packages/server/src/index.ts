export { discourseFeeds, type FeedDefinition, type FeedDefinitions } from './feeds/feed.ts';
export type { Guarded } from './http/guard.ts';
export { hashKey } from './judge/hash-key.ts';
export type { Judge, JudgedRequest, LiveKey } from './judge/judge.ts';
export { type LimitDecision, type UseLimits, UseLog } from './limits/use-log.ts';
export type { AdminRoute, AdminScopeDefinition, AdminScopeDefinitions } from './scopes/admin-scope.ts';
export { discourseAdminScopes } from './scopes/discourse-admin-scopes.ts';
export { discourseScopes } from './scopes/discourse-scopes.ts';
export type {
  MatchedRoute,
  Method,
  RoutePermission,
  ScopeDefinition,
  ScopeDefinitions,
} from './scopes/scope.ts';
export type { SettingName, Settings } from './settings/setting-table.ts';
export type { SettingRow, SettingsRegistry } from './settings/settings.ts';
export type { MaybePromise, RequestContext, Session, Site, SiteUser } from './site.ts';
export type {
  AdminKeyRecord,
  AdminKeyStore,
  AdminKeyTouch,
  AdminScope,
  AdminScopeMode,
  NewAdminKey,
} from './store/admin-key-store.ts';
export type { AuditAction, AuditEvent, AuditStore, NewAuditEvent } from './store/audit-store.ts';
export type {
  DeviceGrant,
  GrantApproval,
  GrantSecret,
  GrantState,
  GrantStore,
  NewGrant,
} from './store/grant-store.ts';
export type {
  KeyKind,
  KeyRecord,
  KeyTouch,
  NewKey,
  OneTimePassword,
  RegisteredClient,
  RevocationReason,
  Store,
  UndoOutcome,
} from './store/store.ts';
export { createValetkey, type Valetkey, type ValetkeyOptions } from './valetkey.ts';
export type { AdminKeyPrincipal, Principal, Refusal, UserKeyPrincipal, Verdict } from './verdict.ts';
