import { createHash, randomBytes } from 'node:crypto';
import type { Browser, Fetch } from '@valetkey/test-support/browser';
import { expect } from 'vitest';
import { json } from '../test-forum.ts';
import type { SecretLedger } from './secret-ledger.ts';

const REDIRECT_URI = 'https://app.example/cb';

interface OauthParts {
  readonly fetch: Fetch;
  readonly ledger: SecretLedger;
  readonly alice: Browser;
  readonly admin: Browser;
}

/** Signs alice in to a confidential client by OpenID Connect, refreshes her tokens, and leaves a second code unused. */
export async function useOauth({ fetch, ledger, alice, admin }: OauthParts) {
  const registration = { name: 'Plum Client', kind: 'confidential', redirect_uris: [REDIRECT_URI] };
  const { client } = await json(admin.send('POST', '/admin/oauth-clients.json', registration));
  const client_id: string = client.client_id;
  const client_secret = ledger.note('client secret', client.client_secret);

  async function approve() {
    const code_verifier = ledger.note('code verifier', randomBytes(32).toString('base64url'));
    const request = {
      client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid offline_access read',
      nonce: randomBytes(8).toString('hex'),
      code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    expect((await alice.get(`/oauth/authorize?${new URLSearchParams(request)}`)).status).toBe(200);
    const answer = await alice.submit('/oauth/consent', { ...request, shown_scopes: 'read' });
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    return { code: ledger.note('authorization code', code), code_verifier };
  }

  async function requestTokens(values: Record<string, string>) {
    const body = new URLSearchParams({ client_id, client_secret, ...values });
    const answer = await json(fetch('/oauth/token', { method: 'POST', body }));
    return {
      accessToken: ledger.note('access token', answer.access_token),
      refreshToken: ledger.note('refresh token', answer.refresh_token),
      idToken: answer.id_token,
    };
  }

  const first = await requestTokens({ grant_type: 'authorization_code', ...(await approve()) });
  ledger.note('ID token', first.idToken);
  const { accessToken, refreshToken } = await requestTokens({
    grant_type: 'refresh_token',
    refresh_token: first.refreshToken,
  });
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await fetch('/oauth/userinfo', { headers })).status).toBe(200);
  expect((await callTool(fetch, accessToken, { query: 'plum' })).status).toBe(200);
  // Without her cookie, so that she stays signed in.
  expect((await fetch(`/oauth/logout?id_token_hint=${first.idToken}`)).status).toBe(200);
  const { code, code_verifier } = await approve();
  return {
    oauthClient: { client_id, client_secret },
    accessToken,
    refreshToken,
    authorizationCode: code,
    codeVerifier: code_verifier,
  };
}

/** Calls a tool as an agent does. */
export const callTool = (fetch: Fetch, token: string, input: object): Promise<Response> =>
  fetch('/mcp', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'discourse_search', arguments: input },
    }),
  });
