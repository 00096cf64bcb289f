import { type RawParameters, requireParameter, ValetkeyError } from '@valetkey/protocol';
import { findIconOwner } from '../../../core/icons/can-show-icon.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { IconOwner } from '../../../ports/client-icon-store.ts';
import type { IconClient } from '../../../ui/admin/client-icon-page.ts';

/**
 * Returns the client that the parameters `kind` and `client_id` name, with its icon.
 *
 * @throws ValetkeyError `parameter_missing`, `parameter_invalid`, `client_not_registered`
 */
export async function requireIconClient(
  { kind, client_id }: RawParameters,
  { store }: Pick<Provider, 'store'>,
): Promise<IconClient> {
  if (kind !== 'app' && kind !== 'oauth') throw new ValetkeyError('parameter_invalid', { parameter: 'kind' });
  const clientId = requireParameter(typeof client_id === 'string' ? client_id : null, 'client_id');
  const known = await findNamed({ kind, clientId }, store);
  if (!known) throw new ValetkeyError('client_not_registered');
  const [icon] = await store.listClientIcons(kind, [clientId]);
  return { owner: { kind, clientId }, ...known, hash: icon?.hash ?? null };
}

async function findNamed(
  { kind, clientId }: IconOwner,
  store: Provider['store'],
): Promise<Pick<IconClient, 'name' | 'isProven'> | null> {
  if (kind === 'app') {
    const client = await store.findClient(clientId);
    return client && { name: client.applicationName, isProven: true };
  }
  const client = await store.findOauthClient(clientId);
  if (client?.kind !== 'registered') return null;
  const hasSecret = client.secretHash !== null;
  const owner = findIconOwner({ kind, clientId, hasSecret, authRedirect: null });
  return { name: client.name, isProven: owner !== null };
}
