import { constants, createPrivateKey, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import type { Site, SiteUser, Store, Valetkey, ValetkeyOptions } from '../src/index.ts';
import { createValetkey } from '../src/index.ts';
import { createMemoryStore } from '../src/store/memory/memory-store.ts';
import { createSqliteStore } from '../src/store/sqlite/sqlite-store.ts';

/** The two stores that every promise over HTTP is held against. */
export const stores: Readonly<Record<string, () => Store>> = {
  memory: createMemoryStore,
  sqlite: () => createSqliteStore({ path: ':memory:' }),
};

const BASE = 'https://forum.example';
const APP_REDIRECT = 'https://app.example/cb';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PUBLIC_KEY = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const PRIVATE_KEY = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const person = (username: string, changes: Partial<SiteUser> = {}): SiteUser => ({
  id: `id-${username}`,
  username,
  avatarTemplate: `/avatar/${username}/{size}.png`,
  isAdmin: false,
  isStaff: false,
  isSuspended: false,
  groups: ['trust_level_0'],
  ...changes,
});

/** A site with a clock that a test moves, and people whose cookie is simply their name. */
export async function createTestSite(
  options: Partial<Pick<ValetkeyOptions, 'store' | 'feeds' | 'scopes' | 'push'>> & { baseUrl?: string } = {},
) {
  const people = new Map(
    [
      person('alice', { groups: ['trust_level_0', 'trust_level_1'] }),
      person('bob'),
      person('admin', { isAdmin: true, isStaff: true, groups: [] }),
      person('sam', { isSuspended: true }),
    ].map((user) => [user.username, user]),
  );
  const baseUrl = options.baseUrl ?? BASE;
  const site: Site = {
    name: 'Plum Forum',
    baseUrl,
    findSession(request) {
      // `session=alice`, or `session=alice.phone` for another session of hers.
      const [, id = '', username = ''] =
        /session=((\w+)(?:\.\w+)?)/.exec(request.headers.get('cookie') ?? '') ?? [];
      const user = people.get(username);
      return user ? { id: `session-${id}`, user, csrfToken: `csrf-${id}` } : null;
    },
    loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
    findUser: (id) => [...people.values()].find((user) => user.id === id) ?? null,
    findUserByUsername: (username) => people.get(username.toLowerCase()) ?? null,
  };
  let now = Date.UTC(2026, 10, 23, 12);
  const store = options.store ?? createMemoryStore();
  const valetkey: Valetkey = await createValetkey({ ...options, site, store, now: () => now, randomBytes });
  await valetkey.settings.set(
    'allowed_user_api_auth_redirects',
    `${APP_REDIRECT}|myapp://callback|http://127.0.0.1/*`,
  );

  async function send(path: string, init: RequestInit = {}, address = '192.0.2.1'): Promise<Response> {
    const response = await valetkey.fetch(new Request(baseUrl + path, init), { address });
    if (!response) throw new Error(`Nobody answers ${path}.`);
    return response;
  }

  /** Posts a form as a signed-in person, with the CSRF token that the page would have had. */
  function post(
    path: string,
    values: Record<string, string>,
    as: string | null,
    headers: Record<string, string> = {},
    address?: string,
  ) {
    const body = new URLSearchParams(values);
    if (as) body.set('authenticity_token', `csrf-${as}`);
    const init = { method: 'POST', body, headers: { ...(as && { cookie: `session=${as}` }), ...headers } };
    return send(path, init, address);
  }

  return {
    valetkey,
    store,
    people,
    send,
    advance(ms: number) {
      now += ms;
    },
    now: () => now,
    get: (path: string, headers: HeadersInit = {}) => send(path, { headers }),
    post,
    guard: (key: string, route: { name: string; format?: string }, init: RequestInit = {}) =>
      valetkey.guard(
        new Request(`${baseUrl}/any`, { ...init, headers: { 'User-Api-Key': key, ...init.headers } }),
        route,
        { address: '192.0.2.1' },
      ),
    /** Approves as a person and opens the payload as the app would. */
    async approve(changes: Record<string, string | null> = {}, as = 'alice') {
      const response = await post('/user-api-key.json', ask({ auth_redirect: null, ...changes }), as);
      if (response.status !== 200) throw new Error(`Approval was refused: ${await response.text()}`);
      const { payload } = (await response.json()) as { payload: string };
      return open(payload);
    },
  };
}

export type TestSite = Awaited<ReturnType<typeof createTestSite>>;

/** A well-formed request for a key; `null` takes a parameter out. */
export function ask(changes: Record<string, string | null> = {}): Record<string, string> {
  const all = {
    client_id: 'client-1',
    nonce: 'a-nonce-to-compare',
    scopes: 'read',
    application_name: 'Plum Reader',
    public_key: PUBLIC_KEY,
    auth_redirect: APP_REDIRECT,
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

export const query = (values: Record<string, string>): string => `?${new URLSearchParams(values)}`;

/** Decrypts as a foreign client would: Node's own crypto, none of our code. */
export function open(payload: string, padding: 'pkcs1' | 'oaep' = 'pkcs1') {
  const modes = { pkcs1: constants.RSA_PKCS1_PADDING, oaep: constants.RSA_PKCS1_OAEP_PADDING };
  const key = { key: createPrivateKey(PRIVATE_KEY), padding: modes[padding] };
  const text = privateDecrypt(key, Buffer.from(payload, 'base64')).toString();
  return JSON.parse(text) as { key: string; nonce: string; push: boolean; api: number; expires_at?: string };
}
