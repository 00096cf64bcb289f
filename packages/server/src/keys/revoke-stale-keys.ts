import type { Provider } from '../provider.ts';

const DAY_MS = 86_400_000;

/**
 * The daily job: revokes the keys that nobody uses any more or that have lived too long, as the settings say
 * (PROTOCOL.md sections 6 and 12). Several nodes may run it at once; each key is revoked once. Answers how many there were.
 */
export async function revokeStaleKeys({
  keys,
  adminKeys,
  settings,
  now,
}: Pick<Provider, 'keys' | 'adminKeys' | 'settings' | 'now'>): Promise<number> {
  const { revoke_user_api_keys_unused_days, revoke_user_api_keys_maxlife_days, revoke_api_keys_unused_days } =
    settings.current();
  const daysAgo = (days: number): number | null => (days === 0 ? null : now() - days * DAY_MS);
  const userKeys = await keys.revokeStale({
    unusedSince: daysAgo(revoke_user_api_keys_unused_days),
    approvedBefore: daysAgo(revoke_user_api_keys_maxlife_days),
    revokedAt: now(),
  });
  const unusedSince = daysAgo(revoke_api_keys_unused_days);
  if (unusedSince === null) return userKeys;
  return userKeys + (await adminKeys.revokeUnused({ unusedSince, revokedAt: now() }));
}
