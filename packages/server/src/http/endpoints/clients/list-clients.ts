import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { decideRedirectState } from '../../../issue/decide-redirect-state.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { ClientCursor } from '../../../ports/client-store.ts';
import { type ClientsView, clientsPage, type ListedClient } from '../../../ui/admin/clients-page.ts';
import { loadIconsOf } from '../../load-icons.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';

/** More would exceed 50 kB. */
const PAGE = 20;

/**
 * `GET /admin/user-api-key-clients?after=`: lists the registered clients, newest first (PROTOCOL.md#manage-clients).
 */
export const listClients: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) => {
      const isOpen = provider.settings.current().allow_user_api_key_client_scopes.length > 0;
      const found = await findPage(request.parameters, provider);
      return clientsPage({ ...found, isOpen, scopes: provider.scopes }, page);
    });
  }
  await requireAdmin(request, provider);
  const { clients, more } = await findPage(request.parameters, provider);
  return jsonResponse({ clients: clients.map(clientShape), more });
};

async function findPage(
  parameters: RawParameters,
  provider: Provider,
): Promise<Pick<ClientsView, 'clients' | 'more'>> {
  const { store, settings, now } = provider;
  const current = settings.current();
  const after = parseCursor(parameters.after);
  const found = await store.listClients({ after, limit: PAGE + 1 });
  const page = found.slice(0, PAGE);
  const counts = await store.countActiveKeys(
    page.map(({ clientId }) => clientId),
    now(),
  );
  const icons = await loadIconsOf('app', page, provider);
  const last = found.length > PAGE ? page.at(-1) : undefined;
  return {
    clients: page.map((client) => ({
      ...client,
      activeKeys: counts.get(client.clientId) ?? 0,
      icon: icons.get(client.clientId) ?? null,
      redirectState: decideRedirectState(client.authRedirect, current),
    })),
    more: last ? `?${new URLSearchParams({ after: `${last.createdAt}.${last.clientId}` })}` : null,
  };
}

function parseCursor(value: unknown): ClientCursor | null {
  if (value === undefined) return null;
  const [, createdAt, clientId] = /^(\d{1,15})\.(.+)$/s.exec(typeof value === 'string' ? value : '') ?? [];
  if (createdAt === undefined || clientId === undefined) {
    throw new ValetkeyError('parameter_invalid', { parameter: 'after' });
  }
  return { createdAt: Number(createdAt), clientId };
}

const clientShape = (client: ListedClient) => ({
  client_id: client.clientId,
  application_name: client.applicationName,
  auth_redirect: client.authRedirect,
  redirect_allowed: client.redirectState === 'allowed',
  scopes: client.scopes,
  created_at: new Date(client.createdAt).toISOString(),
  created_from: client.createdFrom,
  live_keys: client.activeKeys,
});
