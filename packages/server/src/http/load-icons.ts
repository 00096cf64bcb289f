import {
  canShowIcon,
  findIconOwner,
  type IconBearer,
  type IconRequest,
} from '../core/icons/can-show-icon.ts';
import type { Provider } from '../issue/provider.ts';
import type { IconOwner } from '../ports/client-icon-store.ts';
import type { FindIcon } from '../ui/parts/app-icon.ts';

/** Loads the icons of these keys and grants, in at most two queries. */
export async function loadIcons(
  bearers: readonly IconBearer[],
  { store }: Pick<Provider, 'store'>,
): Promise<FindIcon> {
  const load = async (kind: IconOwner['kind']) => {
    const ids = bearers.filter((bearer) => bearer.kind === kind).map(({ clientId }) => clientId);
    return ids.length === 0 ? [] : store.listClientIcons(kind, [...new Set(ids)]);
  };
  const icons = (await Promise.all([load('app'), load('oauth')])).flat();
  return (bearer) => {
    const icon = icons.find(({ kind, clientId }) => kind === bearer.kind && clientId === bearer.clientId);
    return icon && canShowIcon(icon, bearer) ? icon.hash : null;
  };
}

/** Returns the hash of the icon on a page about a request; null for none. */
export async function loadRequestIcon(
  request: IconRequest,
  { store }: Pick<Provider, 'store'>,
): Promise<string | null> {
  const owner = findIconOwner(request);
  if (owner === null) return null;
  const [icon] = await store.listClientIcons(owner.kind, [owner.clientId]);
  return icon?.hash ?? null;
}

/** Returns the hashes of the icons of these clients by client id, for admins. */
export async function loadIconsOf(
  kind: IconOwner['kind'],
  clients: readonly Pick<IconOwner, 'clientId'>[],
  { store }: Pick<Provider, 'store'>,
): Promise<ReadonlyMap<string, string>> {
  const icons = await store.listClientIcons(
    kind,
    clients.map(({ clientId }) => clientId),
  );
  return new Map(icons.map(({ clientId, hash }) => [clientId, hash]));
}
