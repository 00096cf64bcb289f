import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestSite } from '@valetkey/forum/testing';
import { signIn } from '@valetkey/test-support/sign-in';
import { importPackage } from './installed.ts';

export const CALLBACK = 'https://client.example/callback';

/** A client of an authorization server; its secret is empty if it is public. */
export interface Client {
  readonly client_id: string;
  readonly client_secret: string;
}

/** An authorization server with the same clients as the other one. */
export interface Subject {
  readonly issuer: string;
  readonly publicClient: Client;
  readonly otherClient: Client;
  readonly confidentialClient: Client;
  /** Its endpoints, from its own metadata. */
  readonly metadata: Readonly<Record<string, string>>;
  close(): Promise<unknown>;
}

async function readMetadata(issuer: string): Promise<Record<string, string>> {
  return (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>;
}

export async function startValetkey(): Promise<Subject> {
  const site = await startTestSite();
  const admin = await signIn(site.url, 'admin');
  async function register(kind: string): Promise<Client> {
    const form = { name: kind, kind, redirect_uris: CALLBACK };
    const response = await admin.send('POST', '/admin/oauth-clients.json', form);
    const { client } = (await response.json()) as { client: Client };
    return { client_id: client.client_id, client_secret: client.client_secret ?? '' };
  }
  return {
    issuer: site.url,
    metadata: await readMetadata(site.url),
    publicClient: await register('public'),
    otherClient: await register('public'),
    confidentialClient: await register('confidential'),
    close: () => site.close(),
  };
}

/** Starts `oidc-provider` with its own pages for development. */
export async function startOidcProvider(): Promise<Subject> {
  const { default: Provider } = await importPackage('oidc-provider');
  const server = createServer((request, response) => callback(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const publicClient = { client_id: 'public', client_secret: '' };
  const otherClient = { client_id: 'other', client_secret: '' };
  const confidentialClient = { client_id: 'confidential', client_secret: 'c'.repeat(43) };
  const describe = ({ client_id, client_secret }: Client) => ({
    client_id,
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    ...(client_secret === '' ? { token_endpoint_auth_method: 'none' } : { client_secret }),
  });
  const provider = new Provider(issuer, {
    clients: [publicClient, otherClient, confidentialClient].map(describe),
    cookies: { keys: [randomBytes(32).toString('hex')] },
    features: { introspection: { enabled: true }, revocation: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_context: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    issueRefreshToken: () => true,
  });
  const callback = provider.callback();
  return {
    issuer,
    metadata: await readMetadata(issuer),
    publicClient,
    otherClient,
    confidentialClient,
    close: async () => server.close(),
  };
}

/** Returns a verifier and its S256 challenge. */
export function createPkce() {
  const code_verifier = randomBytes(32).toString('base64url');
  return { code_verifier, code_challenge: createHash('sha256').update(code_verifier).digest('base64url') };
}

/**
 * Creates a browser without scripts, which signs in as alice and approves: it follows redirects and submits the form of each page.
 * `open` returns the parameters of the redirect to the client; or the status of a page that it cannot answer.
 */
export function createBrowser({ issuer, metadata }: Subject) {
  const cookies = new Map<string, string>();
  async function send(url: URL, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  }
  return {
    async open(asked: Record<string, string>): Promise<Record<string, string> | string> {
      let url = new URL(`${metadata.authorization_endpoint}?${new URLSearchParams(asked)}`);
      let response = await send(url);
      for (let step = 0; step < 20; step += 1) {
        const location = response.headers.get('location');
        const text = await response.text();
        if (location?.startsWith(CALLBACK)) return Object.fromEntries(new URL(location).searchParams);
        const form = location === null ? findForm(text) : null;
        if (location === null && (form === null || !response.ok)) return `page ${response.status}`;
        url = new URL(location ?? form?.action ?? '', url);
        if (url.origin !== issuer) return `redirect to ${url.origin}`;
        response = form ? await send(url, { method: 'POST', body: form.values }) : await send(url);
      }
      throw new Error('The pages do not end.');
    },
  };
}

/** Returns the form that signs in or approves, filled in; null if the page has none. */
function findForm(html: string): { action: string; values: URLSearchParams } | null {
  for (const [form] of html.matchAll(/<form[\s\S]*?<\/form>/g)) {
    if (!/name="(?:password|prompt|client_id)"/.test(form)) continue;
    const values = new URLSearchParams();
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const read = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1];
      const [name, type] = [read('name'), read('type')];
      if (!name || (type === 'checkbox' && !/\bchecked\b/.test(input))) continue;
      const known: Record<string, string> = { login: 'alice', password: 'valetkey-demo' };
      values.append(name, known[name] ?? decodeHtml(read('value') ?? ''));
    }
    return { action: decodeHtml(/action="([^"]*)"/.exec(form)?.[1] ?? ''), values };
  }
  return null;
}

const decodeHtml = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
