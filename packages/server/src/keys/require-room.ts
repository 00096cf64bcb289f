import { ValetkeyError } from '@valetkey/protocol';
import { isExpired } from '../judge/decide-state.ts';
import type { Provider } from '../provider.ts';
import type { KeyRecord } from '../store/store.ts';

/**
 * A revoked personal key comes back only where its person has room for it; else revoking, making and undoing in turns
 * would go past the limit. Making is counted in the store; two who undo at once may end one above, which harms nobody.
 *
 * @throws ValetkeyError `too_many_personal_keys`
 */
export async function requireRoom(
  { kind, userId }: KeyRecord,
  { keys, settings, now }: Pick<Provider, 'keys' | 'settings' | 'now'>,
): Promise<void> {
  if (kind !== 'personal') return;
  const max = settings.current().max_personal_user_api_keys;
  const live = (await keys.list(userId)).filter(
    (key) => key.kind === 'personal' && key.revokedAt === null && !isExpired(key, now()),
  );
  if (live.length >= max) throw new ValetkeyError('too_many_personal_keys', { max_keys: max });
}
