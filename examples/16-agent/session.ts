import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OAuthClientProvider } from '@modelcontextprotocol/client';

/** The access of one user to one site. */
export interface Session {
  readonly provider: OAuthClientProvider;
  /** Resolves with the parameters that the site sends to this computer after the user has approved. */
  nextAnswer(): Promise<URLSearchParams>;
  close(): void;
}

/**
 * Keeps client, tokens and verifier in memory, and listens on this computer for the answer of the site.
 * To keep the tokens for longer, store them in a place that only the user can read.
 *
 * @param openInBrowser called with the URL of the consent page
 */
export async function createSession(openInBrowser: (url: URL) => void): Promise<Session> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const redirectUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  // biome-ignore lint/suspicious/noExplicitAny: each value is returned as it was stored
  const kept = new Map<string, any>();
  let answer: Promise<URLSearchParams> | null = null;

  async function receive(): Promise<URLSearchParams> {
    const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    response.end('You can close this page and go back to the agent.');
    const { searchParams } = new URL(request.url ?? '', redirectUrl);
    // Otherwise another page could connect the agent to the account of an attacker.
    if (searchParams.get('state') !== kept.get('state'))
      throw new Error('This answer belongs to another request.');
    return searchParams;
  }

  return {
    provider: {
      redirectUrl,
      // A published agent has its metadata at an https URL instead, and names it as `clientMetadataUrl`.
      clientMetadata: {
        client_name: 'Recipe agent',
        redirect_uris: [redirectUrl],
        token_endpoint_auth_method: 'none',
      },
      state() {
        kept.set('state', crypto.randomUUID());
        return kept.get('state');
      },
      clientInformation: () => kept.get('client'),
      saveClientInformation: (client) => void kept.set('client', client),
      tokens: () => kept.get('tokens'),
      saveTokens: (tokens) => void kept.set('tokens', tokens),
      codeVerifier: () => kept.get('verifier'),
      saveCodeVerifier: (verifier) => void kept.set('verifier', verifier),
      redirectToAuthorization(url) {
        answer = receive();
        // Awaited later; an error is reported then.
        answer.catch(() => {});
        openInBrowser(url);
      },
    },
    nextAnswer: () => answer ?? Promise.reject(new Error('Nothing was requested.')),
    close: () => void server.close().closeAllConnections(),
  };
}
