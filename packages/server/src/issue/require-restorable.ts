import { ValetkeyError } from '@valetkey/protocol';
import type { KeyRecord } from '../core/key/key-record.ts';
import type { SiteUser } from '../core/site-user.ts';
import { checkPersonalKeysAllowed } from './personal/personal-keys-allowed.ts';
import type { Provider } from './provider.ts';
import { evaluateStoredGrant } from './steps/evaluate-key-request.ts';

const DAY_MS = 86_400_000;

/**
 * Requires that this user may undo the revocation, and that the site would approve the key now: feature, scopes, owner,
 * group, maximum age, and for keys that users create the setting for those.
 *
 * @param by the signed-in user: the owner or an admin
 * @throws ValetkeyError `key_restorable_by_admin`, `key_too_old`, `key_not_found`, `too_many_app_keys`, and what the steps reject
 */
export async function requireRestorable(key: KeyRecord, by: SiteUser, provider: Provider): Promise<void> {
  const { site, settings, now } = provider;
  if (!by.isAdmin && isForAdmins(key)) {
    throw new ValetkeyError('key_restorable_by_admin', { reason: key.revokedReason });
  }
  const owner = await site.findUser(key.userId);
  if (!owner) throw new ValetkeyError('key_not_found');
  const decision = await evaluateStoredGrant('restore', key.scopes, owner, provider);
  if (!decision.allowed) throw decision.refusal;
  const current = settings.current();
  if (key.kind === 'app') await provider.approvalLimits.requireRoom(key);
  else checkPersonalKeysAllowed(key.kind === 'feed' ? 'feeds' : 'all', owner, current);
  const maxDays = current.revoke_user_api_keys_maxlife_days;
  if (maxDays > 0 && key.createdAt < now() - maxDays * DAY_MS) {
    throw new ValetkeyError('key_too_old', { max_days: maxDays });
  }
}

/** Whether an admin or a rule of the site revoked it. */
export function isForAdmins({ revokedReason }: Pick<KeyRecord, 'revokedReason'>): boolean {
  return revokedReason !== null && revokedReason !== 'revoked' && revokedReason !== 'replaced';
}
