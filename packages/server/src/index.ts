export type { AuditAction, AuditEvent, AuditEventFactory, NewAuditEvent } from './core/audit/audit-event.ts';
export { ipAddressGroup } from './core/ip/ip-address-group.ts';
export type { AdminKeyRecord, AdminScope, AdminScopeMode, NewAdminKey } from './core/key/admin-key-record.ts';
export { hashKey } from './core/key/hash-key.ts';
export type { KeyKind, KeyRecord, NewKey, RevocationReason } from './core/key/key-record.ts';
export type {
  KeyUses,
  Remaining,
  RemainingUses,
  UseLimits,
} from './core/limits/sliding-windows.ts';
export { redactUrl } from './core/redact/redact-url.ts';
export type { AdminRoute, AdminScopeDefinition, AdminScopeDefinitions } from './core/scopes/admin-scope.ts';
export { defineScopes } from './core/scopes/define-scopes.ts';
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
export type { SettingName, Settings } from './core/settings/setting-table.ts';
export type { Guarded } from './http/guard.ts';
export { type AttemptLimits, type AttemptWindow, createAttemptLimits } from './in-process/attempt-limits.ts';
export { discourseFeeds, type FeedDefinition, type FeedDefinitions } from './issue/feeds/feed.ts';
export type { JobFailure } from './jobs/start-jobs.ts';
export type { AdminKeyLastUsed, AdminKeyStore } from './ports/admin-key-store.ts';
export type { AuditFilter, AuditStore } from './ports/audit-store.ts';
export type { ClientCursor, ClientStore, RegisteredClient } from './ports/client-store.ts';
export type {
  DeviceGrant,
  GrantApproval,
  GrantSecret,
  GrantState,
  GrantStore,
  NewGrant,
} from './ports/grant-store.ts';
export type { KeyLastUsed, KeyPage, KeyStore, StaleKeys, UndoOutcome } from './ports/key-store.ts';
export type { OneTimePassword, OneTimePasswordStore } from './ports/one-time-password-store.ts';
export type { PageMounts } from './ports/page-paths.ts';
export type { PersonalKeyStore, RotationOutcome, Successor } from './ports/personal-key-store.ts';
export type {
  ClaimedPush,
  NewPush,
  PushSettlement,
  PushStore,
  QueuedPush,
} from './ports/push-store.ts';
export type { BatchEnd, RecordBatch, RecordPage } from './ports/record-batch.ts';
export type { SettingStore } from './ports/setting-store.ts';
export type { MaybePromise, RequestContext, Session, Site, SiteUser } from './ports/site.ts';
export type { Store } from './ports/store.ts';
export type { PushOptions } from './push/create-push.ts';
export type { PushNotification } from './push/push-notification.ts';
export type { PushProblem } from './push/push-outcome.ts';
export type { PushFailure } from './push/push-worker.ts';
export type { SettingChanger, SettingRow, SettingsRegistry } from './settings/settings.ts';
export { createValetkey, type Valetkey, type ValetkeyOptions } from './valetkey.ts';
export type { Judge, JudgedRequest, LiveKey } from './verify/verifier.ts';
export type {
  AdminKeyPrincipal,
  Principal,
  Refusal,
  UserKeyPrincipal,
  Verdict,
} from './verify/verify-result.ts';
