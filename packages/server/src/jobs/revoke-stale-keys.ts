import { createAuditEventFactory } from '../core/audit/audit-event-factory.ts';
import { adminKeyAuditTarget, keyAuditTarget } from '../core/audit/audit-target.ts';
import type { Provider } from '../issue/provider.ts';
import type { AuditEventFactory } from '../ports/audit-store.ts';
import type { KeyRecord } from '../ports/store.ts';

const DAY_MS = 86_400_000;

/** No person did it, and nobody's address. */
const THE_SITE = { ipAddress: '' };

/**
 * Revokes the keys that nobody uses any more or that have lived too long, as the settings say
 * (PROTOCOL.md sections 6 and 12). Several nodes may run it at once; each key is revoked once. Answers how many there were.
 */
export async function revokeStaleKeys(
  provider: Pick<Provider, 'keys' | 'adminKeys' | 'settings' | 'now'>,
): Promise<number> {
  const { keys, adminKeys, settings, now } = provider;
  const { revoke_user_api_keys_unused_days, revoke_user_api_keys_maxlife_days, revoke_api_keys_unused_days } =
    settings.current();
  const daysAgo = (days: number): number | null => (days === 0 ? null : now() - days * DAY_MS);
  const audit: AuditEventFactory<KeyRecord> = (key) => {
    const action = key.revokedReason === 'too_old' ? 'key_revoked_too_old' : 'key_revoked_unused';
    return createAuditEventFactory(null, action, keyAuditTarget, THE_SITE, provider)(key);
  };
  const stale = {
    unusedSince: daysAgo(revoke_user_api_keys_unused_days),
    approvedBefore: daysAgo(revoke_user_api_keys_maxlife_days),
    revokedAt: now(),
  };
  const userKeys = await keys.revokeStale(stale, audit);
  const unusedSince = daysAgo(revoke_api_keys_unused_days);
  if (unusedSince === null) return userKeys;
  const adminAudit = createAuditEventFactory(
    null,
    'admin_key_revoked_unused',
    adminKeyAuditTarget,
    THE_SITE,
    provider,
  );
  return userKeys + (await adminKeys.revokeUnused({ unusedSince, revokedAt: now() }, adminAudit));
}
