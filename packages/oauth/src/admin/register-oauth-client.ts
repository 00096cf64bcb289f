import { randomUUID } from 'node:crypto';
import { ValetkeyError } from '@valetkey/protocol';
import type { StoredOauthClient } from '@valetkey/server';
import {
  clientAuditTarget,
  createAuditEventFactory,
  createPageContext,
  type Endpoint,
  type EndpointRequest,
  hashKey,
  jsonResponse,
  oauthClientsPage,
  type Provider,
  pageResponse,
  requireAdmin,
} from '@valetkey/server/extension';
import { parseClientMetadata } from '../clients/parse-client-metadata.ts';
import { createSecret } from '../token/create-secret.ts';
import { describeClient, findClientsPage } from './list-oauth-clients.ts';

const KINDS = ['public', 'confidential', 'confidential_without_pkce'];

/**
 * `POST /admin/oauth-clients`: registers a client. Only this response has the secret. A rejected form is returned as it was
 * filled in, with the reason.
 */
export const registerOauthClient: Endpoint = async (request, provider) => {
  const session = await requireAdmin(request, provider);
  const respond = async (result: Partial<Parameters<typeof oauthClientsPage>[0]>, status: number) => {
    const view = {
      ...(await findClientsPage(undefined, provider)),
      created: null,
      rejected: null,
      ...result,
    };
    return pageResponse(
      oauthClientsPage(view, await createPageContext(request.raw, session, provider)),
      status,
    );
  };
  try {
    const created = await create(request, session.user.id, provider);
    if (!request.wantsJson) return await respond({ created }, 200);
    const secret = created.secret === null ? {} : { client_secret: created.secret };
    return jsonResponse({ client: { ...describeClient(created.client), ...secret } });
  } catch (error) {
    if (!(error instanceof ValetkeyError) || request.wantsJson) throw error;
    const texts = Object.entries(request.body).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    );
    return respond({ rejected: { error, values: Object.fromEntries(texts) } }, 400);
  }
};

async function create(
  request: EndpointRequest,
  adminId: string,
  provider: Provider,
): Promise<{ client: StoredOauthClient; secret: string | null }> {
  const { body } = request;
  const kind = typeof body.kind === 'string' && KINDS.includes(body.kind) ? body.kind : null;
  if (kind === null) throw new ValetkeyError('parameter_invalid', { parameter: 'kind' });
  const metadata = parseClientMetadata({
    client_name: body.name,
    redirect_uris: parseLines(body.redirect_uris),
    post_logout_redirect_uris: parseLines(body.post_logout_redirect_uris),
  });
  if (typeof metadata === 'string') {
    const parameter = metadata === 'invalid_redirect_uri' ? 'redirect_uris' : 'name';
    throw new ValetkeyError('parameter_invalid', { parameter });
  }
  const secret = kind === 'public' ? null : createSecret(provider);
  const client: StoredOauthClient = {
    clientId: randomUUID(),
    kind: 'registered',
    name: metadata.name,
    redirectUris: metadata.redirectUris,
    postLogoutRedirectUris: metadata.postLogoutRedirectUris,
    secretHash: secret === null ? null : hashKey(secret),
    requiresPkce: kind !== 'confidential_without_pkce',
    createdAt: provider.now(),
    createdBy: adminId,
    createdFrom: request.ipAddress,
    blockedAt: null,
  };
  const about = () => clientAuditTarget(client);
  const audit = createAuditEventFactory('oauth_client_registered', about, {
    actor: { id: adminId },
    request,
    provider,
  });
  await provider.store.saveOauthClient(client, null, audit);
  return { client, secret };
}

/** A form sends one URI per line, JSON sends a list. */
function parseLines(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? [];
  return value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
