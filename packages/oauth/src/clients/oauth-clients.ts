import { ValetkeyError } from '@valetkey/protocol';
import type { Settings, StoredOauthClient } from '@valetkey/server';
import { type Provider, requireUnblocked } from '@valetkey/server/extension';
import type { ClientDocuments } from './client-documents.ts';
import type { OauthClient } from './oauth-client.ts';
import { parseClientUrl } from './parse-client-url.ts';

/** Finds the client of a request, for all endpoints. */
export interface OauthClients {
  /**
   * Returns what is known about a client without loading its metadata; null if it is unknown. Enough where the stored request
   * names redirect and name.
   *
   * @throws ValetkeyError `oauth_client_blocked`, `app_blocked`
   */
  find(clientId: string): Promise<OauthClient | null>;
  /**
   * Returns a client with its current metadata, which may be loaded from its URL. Call it for signed-in users only. All
   * failures look the same.
   *
   * @throws ValetkeyError `oauth_client_unknown`, `oauth_client_blocked`, `app_blocked`, `rate_limited`
   */
  load(clientId: string, userId: string): Promise<OauthClient>;
}

type Parts = Pick<Provider, 'store' | 'settings' | 'appBlocks' | 'now' | 'createLimiter'> & {
  readonly documents: ClientDocuments;
};

export function createOauthClients(parts: Parts): OauthClients {
  const { store, settings, appBlocks, now, createLimiter, documents } = parts;
  const fetchLimiter = createLimiter('oauth-client-document', [
    { by: 'user', max: 10, seconds: 60 },
    { by: 'host', max: 30, seconds: 60 },
  ]);

  async function find(clientId: string): Promise<OauthClient | null> {
    const stored = await store.findOauthClient(clientId);
    if (stored && stored.blockedAt !== null) throw new ValetkeyError('oauth_client_blocked');
    requireUnblocked({ clientIds: [clientId], receivers: [clientId] }, appBlocks.current());
    const url = parseClientUrl(clientId);
    if (!url) return stored && { ...stored, host: null, documentHash: null };
    return isDomainAllowed(url, settings.current()) ? describeDocumentClient(url, stored) : null;
  }

  return {
    find,
    async load(clientId, userId) {
      const client = await find(clientId);
      if (!client) throw new ValetkeyError('oauth_client_unknown');
      if (client.host === null) return client;
      const url = new URL(clientId);
      if (!documents.isCached(url)) {
        const wait_seconds = await fetchLimiter.count({ user: userId, host: url.host }, now());
        if (wait_seconds > 0) throw new ValetkeyError('rate_limited', { wait_seconds });
      }
      const document = await documents.load(url);
      if (!document) throw new ValetkeyError('oauth_client_unknown');
      const { name, redirectUris, postLogoutRedirectUris, hash } = document;
      return { ...client, name, redirectUris, postLogoutRedirectUris, documentHash: hash };
    },
  };
}

function describeDocumentClient({ href, host }: URL, stored: StoredOauthClient | null): OauthClient {
  return {
    clientId: href,
    kind: 'document',
    name: stored?.name ?? host,
    redirectUris: [],
    postLogoutRedirectUris: [],
    secretHash: null,
    requiresPkce: true,
    host,
    documentHash: null,
  };
}

function isDomainAllowed(
  { hostname }: URL,
  { allow_oauth_client_documents, oauth_client_document_domains: domains }: Settings,
): boolean {
  if (!allow_oauth_client_documents) return false;
  return (
    domains.length === 0 || domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
  );
}
