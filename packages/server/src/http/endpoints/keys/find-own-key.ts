import { ValetkeyError } from '@valetkey/protocol';
import type { KeyRecord } from '../../../core/key/key-record.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { SiteUser } from '../../../ports/site.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';

/** @throws ValetkeyError `parameter_invalid` unless it is a positive integer */
export function parseKeyId(value: unknown, parameter = 'id'): number {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new ValetkeyError('parameter_invalid', { parameter });
  return Number(text);
}

/**
 * Returns the key that a signed-in user names by `id`: one of the user’s own, or any key for an admin who is not
 * suspended.
 *
 * @throws ValetkeyError `key_not_found`, `key_of_another_user`, `parameter_invalid`
 */
export async function findOwnKey(
  request: EndpointRequest,
  provider: Provider,
  user: Pick<SiteUser, 'id' | 'isAdmin' | 'isSuspended'>,
): Promise<KeyRecord> {
  const { id } = request.parameters;
  const key = id === undefined ? null : await provider.keys.find(parseKeyId(id));
  if (!key) throw new ValetkeyError('key_not_found');
  const isOfAnybody = user.isAdmin && !user.isSuspended;
  if (key.userId !== user.id && !isOfAnybody) throw new ValetkeyError('key_of_another_user');
  return key;
}
