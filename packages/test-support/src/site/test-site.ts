import { createHmac, randomBytes } from 'node:crypto';
import type { Site, SiteUser, Store, Valetkey, ValetkeyOptions } from '@valetkey/server';
import { createValetkey, discoursePreset } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { APP_REDIRECT, keyRequest, open } from '../app-request.ts';

export { keyRequest, open, PRIVATE_KEY, PUBLIC_KEY, query } from '../app-request.ts';

/** Both stores, for tests that depend on the store. */
export const stores: Readonly<Record<string, () => Store>> = {
  memory: createMemoryStore,
  sqlite: () => createSqliteStore({ path: ':memory:' }),
};

const CSRF_SECRET = 'a-secret-of-test-sites';

/** Returns the CSRF token of the session with the cookie `session=<name>`, computed independently of the server. */
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

/** Creates a site with a clock that tests can advance. The session cookie contains the username. */
export async function createTestSite(
  options: Partial<
    Pick<
      ValetkeyOptions,
      | 'store'
      | 'feeds'
      | 'scopes'
      | 'push'
      | 'onJobFailure'
      | 'onNotice'
      | 'pages'
      | 'changeFeed'
      | 'useLimiter'
      | 'attemptLimiter'
      | 'extensions'
      | 'maxAgeMs'
      | 'metrics'
      | 'trace'
    >
  > & {
    baseUrl?: string;
    /** Replaces members of the site. */
    site?: Partial<Site>;
  } = {},
) {
  const users = new Map(
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
      // `session=alice`, or `session=alice.phone` for another session of alice.
      const [, id = '', username = ''] =
        /session=((\w+)(?:\.\w+)?)/.exec(request.headers.get('cookie') ?? '') ?? [];
      const user = users.get(username);
      return user ? { id: `session-${id}`, user } : null;
    },
    loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
    findUser: (id) => [...users.values()].find((user) => user.id === id) ?? null,
    findUserByUsername: (username) => users.get(username.toLowerCase()) ?? null,
    ...options.site,
  };
  let now = Date.UTC(2026, 10, 23, 12);
  const store = options.store ?? createSqliteStore({ path: ':memory:' });
  await store.saveSettingIfAbsent('csrf_secret', CSRF_SECRET);
  const valetkey: Valetkey = await createValetkey({
    ...discoursePreset,
    ...options,
    pages: { ...discoursePreset.pages, ...options.pages },
    site,
    store,
    now: () => now,
    randomBytes,
  });
  await valetkey.settings.set(
    'allowed_user_api_auth_redirects',
    `${APP_REDIRECT}|myapp://callback|http://127.0.0.1/*`,
  );

  async function send(path: string, init: RequestInit = {}, ipAddress = '192.0.2.1'): Promise<Response> {
    const response = await valetkey.fetch(new Request(baseUrl + path, init), { ipAddress });
    if (!response) throw new Error(`No endpoint serves ${path}.`);
    return response;
  }

  function formOf(values: Record<string, string>, as: string | null, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(values);
    if (as) body.set('authenticity_token', csrfOf(as));
    return { method: 'POST', body, headers: { ...(as && { cookie: `session=${as}` }), ...headers } };
  }

  /** Posts a form as a signed-in user, with the CSRF token of the page. */
  function post(
    path: string,
    values: Record<string, string>,
    as: string | null,
    headers?: Record<string, string>,
  ) {
    return send(path, formOf(values, as, headers));
  }

  /** Posts a form like `post`, from another IP address. */
  function postFrom(ipAddress: string, path: string, values: Record<string, string>, as: string | null) {
    return send(path, formOf(values, as), ipAddress);
  }

  return {
    valetkey,
    store,
    users,
    /** Changes the properties of a user. */
    changeUser(username: string, changes: Partial<SiteUser>) {
      const user = users.get(username);
      if (user === undefined) throw new Error(`Unknown user ${username}.`);
      users.set(username, { ...user, ...changes });
    },
    send,
    advance(ms: number) {
      now += ms;
    },
    now: () => now,
    get: (path: string, headers: HeadersInit = {}) => send(path, { headers }),
    post,
    postFrom,
    authorize: async (key: string, route: { name: string; format?: string }, init: RequestInit = {}) =>
      valetkey.authorize(
        new Request(`${baseUrl}/any`, { ...init, headers: { 'User-Api-Key': key, ...init.headers } }),
        route,
        { ipAddress: '192.0.2.1' },
      ),
    /** Approves as a user and opens the payload as the client would. */
    async approve(changes: Record<string, string | null> = {}, as = 'alice') {
      const response = await post('/user-api-key.json', keyRequest({ auth_redirect: null, ...changes }), as);
      if (response.status !== 200) throw new Error(`The approval was rejected: ${await response.text()}`);
      const { payload } = (await response.json()) as { payload: string };
      return open(payload);
    },
  };
}

export type TestSite = Awaited<ReturnType<typeof createTestSite>>;
