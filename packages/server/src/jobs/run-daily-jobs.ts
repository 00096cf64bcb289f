import { setImmediate } from 'node:timers/promises';
import type { Provider } from '../issue/provider.ts';
import { dayOf } from '../verify/key-use-counts.ts';
import { remindOfExpiries } from './remind-of-expiries.ts';
import { revokeStaleKeys } from './revoke-stale-keys.ts';
import { runInBatches } from './run-in-batches.ts';

const DAY_MS = 86_400_000;
const AUDIT_BATCH_SIZE = 1_000;

/** For this time a client learns why its key is rejected, however short the audit log is kept. */
const EXPIRED_KEYS_KEPT_DAYS = 30;

/** A client that registered itself and got no access is deleted after this time. */
const UNUSED_CLIENTS_KEPT_DAYS = 7;
/** The pages show the last 30 days. */
const USES_KEPT_DAYS = 31;

/**
 * Revokes stale keys. Deletes expired keys, revoked keys and audit events that are past their retention period. A deleted key
 * is unknown from then on. Returns how many keys were revoked.
 */
export async function runDailyJobs(
  provider: Pick<
    Provider,
    'store' | 'keys' | 'oauthGrants' | 'adminKeys' | 'settings' | 'now' | 'reportNotice'
  >,
): Promise<number> {
  const { store, settings, now } = provider;
  const { audit_retention_days } = settings.current();
  // First, because security depends on it and on none of the others.
  const revoked = await revokeStaleKeys(provider);
  await remindOfExpiries(provider);
  const before = now() - Math.max(audit_retention_days, EXPIRED_KEYS_KEPT_DAYS) * DAY_MS;
  await runInBatches((batch) => store.deleteExpiredKeys({ before, ...batch }));
  const kept = now() - EXPIRED_KEYS_KEPT_DAYS * DAY_MS;
  await store.deleteExpiredOauth({ accessTokens: now() - DAY_MS, refreshTokens: kept, grants: kept });
  await store.deleteUnusedOauthClients(now() - UNUSED_CLIENTS_KEPT_DAYS * DAY_MS);
  // Otherwise a deleted key would be active again if the clock were set back. Every node runs this job.
  provider.keys.cache.clear();
  await store.deleteOldKeyUses({ beforeDay: dayOf(now()) - USES_KEPT_DAYS });
  await deleteOldAuditEvents(provider, now() - audit_retention_days * DAY_MS);
  return revoked;
}

async function deleteOldAuditEvents({ store }: Pick<Provider, 'store'>, before: number): Promise<void> {
  while ((await store.deleteOldAuditEvents({ before, limit: AUDIT_BATCH_SIZE })) === AUDIT_BATCH_SIZE) {
    await setImmediate();
  }
}
