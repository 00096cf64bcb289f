import { ValetkeyError } from '@valetkey/protocol';
import type { OauthClientCursor, StoredOauthClient } from '@valetkey/server';
import {
  type Endpoint,
  jsonResponse,
  type ListedOauthClient,
  loadIconsOf,
  type OauthClientsView,
  oauthClientsPage,
  openAdminPage,
  type Provider,
  requireAdmin,
} from '@valetkey/server/extension';

const PAGE = 50;

/** `GET /admin/oauth-clients?after=`: lists the OAuth clients, newest first, with the form that registers one. */
export const listOauthClients: Endpoint = async (request, provider) => {
  const { after } = request.parameters;
  if (request.wantsJson) {
    await requireAdmin(request, provider);
    const { clients, more } = await findClientsPage(after, provider);
    return jsonResponse({ clients: clients.map(describeClient), more });
  }
  return openAdminPage(request, provider, async (page) => {
    const found = await findClientsPage(after, provider);
    return oauthClientsPage({ ...found, created: null, rejected: null }, page);
  });
};

/** @throws ValetkeyError `parameter_invalid` */
export async function findClientsPage(
  after: unknown,
  provider: Provider,
): Promise<Pick<OauthClientsView, 'clients' | 'more'>> {
  const { store, appBlocks, now } = provider;
  const found = await store.listOauthClients({ after: parseCursor(after), limit: PAGE + 1 });
  const shown = found.slice(0, PAGE);
  const counts = await store.countOauthGrants(
    shown.map(({ clientId }) => clientId),
    now(),
  );
  const icons = await loadIconsOf('oauth', shown, provider);
  const last = found.length > PAGE ? shown.at(-1) : undefined;
  return {
    clients: shown.map((client) => ({
      ...client,
      activeGrants: counts.get(client.clientId) ?? 0,
      icon: icons.get(client.clientId) ?? null,
      appBlock: appBlocks.current().find({
        clientIds: [client.clientId],
        receivers: [client.clientId, ...client.redirectUris],
      }),
    })),
    more: last ? `?${new URLSearchParams({ after: `${last.createdAt}.${last.clientId}` })}` : null,
  };
}

function parseCursor(value: unknown): OauthClientCursor | null {
  if (value === undefined) return null;
  const [, createdAt, clientId] = /^(\d{1,15})\.(.+)$/s.exec(typeof value === 'string' ? value : '') ?? [];
  if (createdAt === undefined || clientId === undefined) {
    throw new ValetkeyError('parameter_invalid', { parameter: 'after' });
  }
  return { createdAt: Number(createdAt), clientId };
}

/** Returns a client as JSON, without its secret. */
export const describeClient = (
  client: StoredOauthClient & Partial<Pick<ListedOauthClient, 'activeGrants' | 'appBlock'>>,
) => ({
  client_id: client.clientId,
  client_name: client.name,
  kind: client.kind,
  redirect_uris: client.redirectUris,
  post_logout_redirect_uris: client.postLogoutRedirectUris,
  token_endpoint_auth_method: client.secretHash === null ? 'none' : 'client_secret_basic',
  requires_pkce: client.requiresPkce,
  created_at: new Date(client.createdAt).toISOString(),
  blocked_at: client.blockedAt === null ? null : new Date(client.blockedAt).toISOString(),
  ...(client.activeGrants !== undefined && { active_grants: client.activeGrants }),
  ...(client.appBlock && { blocked_by: { kind: client.appBlock.kind, value: client.appBlock.value } }),
});
