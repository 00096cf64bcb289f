import { createHash, randomBytes } from 'node:crypto';
import type { StoredOauthClient } from '@valetkey/server';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import type { FetchDocument } from '../clients/document-fetcher.ts';
import { createOauth, type OauthOptions } from '../create-oauth.ts';

/** The redirect of the clients below. */
export const CALLBACK = 'https://client.example/callback';
/** A client that is identified by the URL of its metadata. */
export const DOCUMENT_URL = 'https://client.example/metadata.json';

/** A JSON response: its members with status and headers. */
type Answer = Readonly<Record<string, unknown>> & { readonly status: number; readonly headers: Headers };

/** Returns a verifier and its S256 challenge. */
export function createPkce() {
  const code_verifier = randomBytes(32).toString('base64url');
  const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
  return { code_verifier, code_challenge };
}

/** Returns a client that an admin has registered, with these changes. */
export const registeredClient = (changes: Partial<StoredOauthClient> = {}): StoredOauthClient => ({
  clientId: 'public-client',
  kind: 'registered',
  name: 'Plum Client',
  redirectUris: [CALLBACK, 'http://127.0.0.1/callback', 'com.example.plum:/callback'],
  postLogoutRedirectUris: [],
  secretHash: null,
  requiresPkce: true,
  createdAt: 0,
  createdBy: 'id-admin',
  createdFrom: '',
  blockedAt: null,
  ...changes,
});

/** Creates a site with OAuth, the client `public-client`, and a client at `DOCUMENT_URL`. */
export async function createOauthSite({
  openId,
  ...options
}: Parameters<typeof createTestSite>[0] & Pick<OauthOptions, 'openId'> = {}) {
  const document = {
    client_id: DOCUMENT_URL,
    client_name: 'Document Client',
    redirect_uris: [CALLBACK, 'http://localhost/callback'],
  };
  const fetched: string[] = [];
  const fetchClientDocument: FetchDocument = async (url) => {
    fetched.push(url.href);
    return url.href === DOCUMENT_URL ? { text: JSON.stringify(document), maxAgeSeconds: 0 } : null;
  };
  const site = await createTestSite({
    ...options,
    extensions: [createOauth({ resources: ['/mcp'], fetchClientDocument, openId })],
  });
  await site.store.saveOauthClient(registeredClient(), null);

  const postForm = async (path: string, values: Record<string, string>, headers: HeadersInit = {}) => {
    const response = await site.send(path, { method: 'POST', body: new URLSearchParams(values), headers });
    const text = await response.text();
    const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
    return Object.assign(body, { status: response.status, headers: response.headers }) as Answer;
  };

  /** Returns the parameters of an authorization request, with these changes. */
  const asks = (changes: Record<string, string> = {}): Record<string, string> => ({
    client_id: 'public-client',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'read write',
    state: 'a state & more',
    code_challenge: createPkce().code_challenge,
    code_challenge_method: 'S256',
    ...changes,
  });

  /** Sends the form of the consent page, and returns the parameters of the redirect. */
  async function decide(values: Record<string, string>, as = 'alice') {
    const { decision = '', ...form } = { shown_scopes: values.scope ?? 'read', ...values };
    const response = await site.post(`/oauth/consent${decision}`, form, as);
    const location = response.headers.get('location');
    return location === null
      ? { status: response.status, answer: null, text: await response.text(), location }
      : {
          status: response.status,
          answer: Object.fromEntries(new URL(location).searchParams),
          text: '',
          location,
        };
  }

  const token = (values: Record<string, string>, headers: HeadersInit = {}) =>
    postForm('/oauth/token', { client_id: 'public-client', ...values }, headers);

  /** Approves a request and returns the code with its verifier. */
  async function approveCode(changes: Record<string, string> = {}, as = 'alice') {
    const { code_verifier, code_challenge } = createPkce();
    const { answer, text } = await decide(asks({ code_challenge, ...changes }), as);
    if (!answer?.code) throw new Error(`No code was issued: ${JSON.stringify(answer)} ${text}`);
    return { code: answer.code, code_verifier, redirect_uri: changes.redirect_uri ?? CALLBACK };
  }

  const redeem = (values: Record<string, string>) => token({ grant_type: 'authorization_code', ...values });
  const refresh = (refresh_token: unknown, values: Record<string, string> = {}) =>
    token({ grant_type: 'refresh_token', refresh_token: String(refresh_token), ...values });

  return {
    ...site,
    document,
    fetched,
    postForm,
    asks,
    decide,
    token,
    approveCode,
    redeem,
    refresh,
    /** Approves and redeems, and returns the body of the token response. */
    async connect(changes: Record<string, string> = {}, as = 'alice') {
      const code = await approveCode(changes, as);
      const client_id = changes.client_id ?? 'public-client';
      const tokens = await redeem({ ...code, client_id });
      if (tokens.status !== 200) throw new Error(JSON.stringify(tokens));
      return tokens as Answer & { access_token: string; refresh_token: string };
    },
    /** Uses an access token, and returns `ok`, or the code of the refusal. */
    async use(accessToken: unknown, route = { name: 'list#latest' }, init: RequestInit = {}) {
      const headers = { authorization: `Bearer ${accessToken}` };
      const request = new Request('https://forum.example/any', { ...init, headers });
      const result = await site.valetkey.authorize(request, route, { ipAddress: '192.0.2.1' });
      return result.kind === 'refused' ? `${result.status} ${result.refusal.code}` : 'ok';
    },
  };
}
