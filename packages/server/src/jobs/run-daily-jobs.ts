import type { Provider } from '../issue/provider.ts';
import { revokeStaleKeys } from './revoke-stale-keys.ts';

const DAY_MS = 86_400_000;

/** However short the audit is kept: so long an app hears why its key is dead, and a person can be told what it was. */
const DEAD_KEYS_KEPT_DAYS = 30;

/**
 * What has to be done once a day. Dead keys are kept as long as what the audit says of them; after that their hash is one
 * that nobody knows. Answers how many keys were revoked.
 */
export async function runDailyJobs(
  provider: Pick<Provider, 'store' | 'keys' | 'adminKeys' | 'settings' | 'now'>,
): Promise<number> {
  const { store, keys, settings, now } = provider;
  const { audit_retention_days } = settings.current();
  // First, because it is what somebody relies on.
  const revoked = await revokeStaleKeys(provider);
  await keys.forgetDead(now() - Math.max(audit_retention_days, DEAD_KEYS_KEPT_DAYS) * DAY_MS);
  await store.forgetAuditEvents(now() - audit_retention_days * DAY_MS);
  return revoked;
}
