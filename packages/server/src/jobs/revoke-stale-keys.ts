import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import { createAuditEventFactory } from '../core/audit/audit-event-factory.ts';
import {
  type AuditTarget,
  adminKeyAuditTarget,
  grantAuditTarget,
  keyAuditTarget,
} from '../core/audit/audit-target.ts';
import type { KeyRecord, RevocationReason } from '../core/key/key-record.ts';
import type { Provider } from '../issue/provider.ts';
import type { OauthGrant } from '../ports/oauth-grant-store.ts';
import { runInBatches } from './run-in-batches.ts';

const DAY_MS = 86_400_000;

/**
 * The last use on another node may not be stored for this long: nodes store uses every five seconds, and their clocks differ.
 * A key that was used in time must not count as unused.
 */
const UNSTORED_MS = 60_000;

/** The site itself acts: no user and no IP address. */
const THE_SITE = { ipAddress: '' };

/**
 * Revokes keys and OAuth grants that are unused for too long or too old, as the settings say (PROTOCOL.md#stale-keys). Several nodes
 * may run it concurrently; each key is revoked once. Returns the number of keys that this call revoked.
 */
export async function revokeStaleKeys(
  provider: Pick<Provider, 'keys' | 'oauthGrants' | 'adminKeys' | 'settings' | 'now'>,
): Promise<number> {
  const { keys, oauthGrants, adminKeys, settings, now } = provider;
  const { revoke_user_api_keys_unused_days, revoke_user_api_keys_maxlife_days, revoke_api_keys_unused_days } =
    settings.current();
  const daysAgo = (days: number, marginMs = 0): number | null =>
    days === 0 ? null : now() - days * DAY_MS - marginMs;
  let count = 0;

  const describe =
    <Stale extends { revokedReason: RevocationReason | null }>(
      target: (stale: Stale) => AuditTarget,
    ): AuditEventFactory<Stale> =>
    (stale) => {
      const action = stale.revokedReason === 'too_old' ? 'key_revoked_too_old' : 'key_revoked_unused';
      return createAuditEventFactory(action, target, { actor: null, request: THE_SITE, provider })(stale);
    };
  const audit = describe<KeyRecord>(keyAuditTarget);
  const grantAudit = describe<OauthGrant>(grantAuditTarget);
  const stale = {
    unusedSince: daysAgo(revoke_user_api_keys_unused_days, UNSTORED_MS),
    approvedBefore: daysAgo(revoke_user_api_keys_maxlife_days),
    revokedAt: now(),
  };
  if (stale.unusedSince !== null || stale.approvedBefore !== null) {
    await runInBatches(async (batch) => {
      const { revoked, lastId } = await keys.revokeStale({ ...stale, ...batch }, audit);
      count += revoked.length;
      return { lastId };
    });
    await runInBatches(async (batch) => {
      const { revoked, lastId } = await oauthGrants.revokeStale({ ...stale, ...batch }, grantAudit);
      count += revoked.length;
      return { lastId };
    });
  }

  const unusedSince = daysAgo(revoke_api_keys_unused_days, UNSTORED_MS);
  if (unusedSince === null) return count;
  const adminAudit = createAuditEventFactory('admin_key_revoked_unused', adminKeyAuditTarget, {
    actor: null,
    request: THE_SITE,
    provider,
  });
  const unused = { unusedSince, revokedAt: now() };
  await runInBatches(async (batch) => {
    const { revoked, lastId } = await adminKeys.revokeUnused({ ...unused, ...batch }, adminAudit);
    count += revoked.length;
    return { lastId };
  });
  return count;
}
