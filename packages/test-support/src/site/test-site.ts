import { createHmac, randomBytes } from 'node:crypto';
import type { Site, SiteUser, Store, Valetkey, ValetkeyOptions } from '@valetkey/server';
import { createValetkey } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { APP_REDIRECT, ask, open } from '../app-request.ts';

export { ask, open, PRIVATE_KEY, PUBLIC_KEY, query } from '../app-request.ts';

/** Both stores, for the cases that are about a store. */
export const stores: Readonly<Record<string, () => Store>> = {
  memory: createMemoryStore,
  sqlite: () => createSqliteStore({ path: ':memory:' }),
};

const CSRF_SECRET = 'a-secret-of-test-sites';

/** The CSRF token of the session whose cookie is `session=<name>`, derived here independently of the server. */
export const csrfOf = (name: string): string =>
  createHmac('sha256', CSRF_SECRET).update(`session-${name}`).digest('base64url');

const BASE = 'https://forum.example';

const user = (username: string, changes: Partial<SiteUser> = {}): SiteUser => ({
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
  options: Partial<
    Pick<
      ValetkeyOptions,
      | 'store'
      | 'feeds'
      | 'scopes'
      | 'push'
      | 'onJobFailure'
      | 'pages'
      | 'changeFeed'
      | 'useLimiter'
      | 'attemptLimiter'
      | 'maxAgeMs'
    >
  > & {
    baseUrl?: string;
    /** Replaces members of the site. */
    site?: Partial<Site>;
  } = {},
) {
  const people = new Map(
    [
      user('alice', { groups: ['trust_level_0', 'trust_level_1'] }),
      user('bob'),
      user('admin', { isAdmin: true, isStaff: true, groups: [] }),
      user('sam', { isSuspended: true }),
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
      return user ? { id: `session-${id}`, user } : null;
    },
    loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
    findUser: (id) => [...people.values()].find((user) => user.id === id) ?? null,
    findUserByUsername: (username) => people.get(username.toLowerCase()) ?? null,
    ...options.site,
  };
  let now = Date.UTC(2026, 10, 23, 12);
  const store = options.store ?? createSqliteStore({ path: ':memory:' });
  await store.saveSettingIfAbsent('csrf_secret', CSRF_SECRET);
  const valetkey: Valetkey = await createValetkey({ ...options, site, store, now: () => now, randomBytes });
  await valetkey.settings.set(
    'allowed_user_api_auth_redirects',
    `${APP_REDIRECT}|myapp://callback|http://127.0.0.1/*`,
  );

  async function send(path: string, init: RequestInit = {}, ipAddress = '192.0.2.1'): Promise<Response> {
    const response = await valetkey.fetch(new Request(baseUrl + path, init), { ipAddress });
    if (!response) throw new Error(`Nobody answers ${path}.`);
    return response;
  }

  /** Posts a form as a signed-in person, with the CSRF token that the page would have had. */
  function post(
    path: string,
    values: Record<string, string>,
    as: string | null,
    headers: Record<string, string> = {},
    ipAddress?: string,
  ) {
    const body = new URLSearchParams(values);
    if (as) body.set('authenticity_token', csrfOf(as));
    const init = { method: 'POST', body, headers: { ...(as && { cookie: `session=${as}` }), ...headers } };
    return send(path, init, ipAddress);
  }

  return {
    valetkey,
    store,
    people,
    /** Changes what the site says of a user. */
    changeUser(username: string, changes: Partial<SiteUser>) {
      const user = people.get(username);
      if (user === undefined) throw new Error(`There is no user ${username}.`);
      people.set(username, { ...user, ...changes });
    },
    send,
    advance(ms: number) {
      now += ms;
    },
    now: () => now,
    get: (path: string, headers: HeadersInit = {}) => send(path, { headers }),
    post,
    authorize: async (key: string, route: { name: string; format?: string }, init: RequestInit = {}) =>
      valetkey.authorize(
        new Request(`${baseUrl}/any`, { ...init, headers: { 'User-Api-Key': key, ...init.headers } }),
        route,
        { ipAddress: '192.0.2.1' },
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
