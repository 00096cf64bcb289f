export { discourseFeeds, type FeedDefinition, type FeedDefinitions } from './feeds/feed.ts';
export type { Guarded } from './http/guard.ts';
export type { JobFailure } from './jobs/start-jobs.ts';
export { hashKey } from './judge/hash-key.ts';
export type { Judge, JudgedRequest, LiveKey } from './judge/judge.ts';
export { addressGroup } from './limits/address-group.ts';
export { type AttemptLimits, type AttemptWindow, createAttemptLimits } from './limits/attempt-limits.ts';
export type {
  KeyUses,
  Remaining,
  RemainingUses,
  UseLimits,
} from './limits/sliding-windows.ts';
export type { PushOptions } from './push/create-push.ts';
export type { PushNotification } from './push/push-notification.ts';
export type { PushProblem } from './push/push-outcome.ts';
export type { PushFailure } from './push/push-worker.ts';
export { redactUrl } from './redact/redact-url.ts';
export type { AdminRoute, AdminScopeDefinition, AdminScopeDefinitions } from './scopes/admin-scope.ts';
export { defineScopes } from './scopes/define-scopes.ts';
export { discourseAdminScopes } from './scopes/discourse-admin-scopes.ts';
export { discourseScopes } from './scopes/discourse-scopes.ts';
export {
  type BoundValues,
  type MatchedRoute,
  type Method,
  ownUsername,
  type RoutePermission,
  type ScopeDefinition,
  type ScopeDefinitions,
} from './scopes/scope.ts';
export type { SettingName, Settings } from './settings/setting-table.ts';
export type { SettingChanger, SettingRow, SettingsRegistry } from './settings/settings.ts';
export type { MaybePromise, RequestContext, Session, Site, SiteUser } from './site.ts';
export type {
  AdminKeyRecord,
  AdminKeyStore,
  AdminKeyTouch,
  AdminScope,
  AdminScopeMode,
  NewAdminKey,
} from './store/admin-key-store.ts';
export type {
  AuditAction,
  AuditEvent,
  AuditFilter,
  AuditOf,
  AuditStore,
  NewAuditEvent,
} from './store/audit-store.ts';
export type { ClientCursor, ClientStore, RegisteredClient } from './store/client-store.ts';
export type {
  DeviceGrant,
  GrantApproval,
  GrantSecret,
  GrantState,
  GrantStore,
  NewGrant,
} from './store/grant-store.ts';
export type { KeyKind, KeyRecord, NewKey, RevocationReason } from './store/key-record.ts';
export type { PersonalKeyStore, RotationOutcome, Successor } from './store/personal-key-store.ts';
export type {
  ClaimedPush,
  NewPush,
  PushSettlement,
  PushStore,
  QueuedPush,
} from './store/push-store.ts';
export type {
  KeyTouch,
  OneTimePassword,
  Store,
  UndoOutcome,
} from './store/store.ts';
export { createValetkey, type Valetkey, type ValetkeyOptions } from './valetkey.ts';
export type { AdminKeyPrincipal, Principal, Refusal, UserKeyPrincipal, Verdict } from './verdict.ts';
