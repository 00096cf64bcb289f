import { expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { createValetkey, hashKey, type SiteUser } from '../index.ts';

const KEY = 'ab'.repeat(16);

async function createSite(isAsync: boolean) {
  let revision = 1;
  let asked = 0;
  let now = Date.now();
  let alice: SiteUser | null = {
    id: 'alice',
    username: 'alice',
    avatarTemplate: null,
    isAdmin: false,
    isStaff: false,
    isSuspended: false,
    groups: [],
  };
  const store = createMemoryStore();
  const key = {
    keyHash: hashKey(KEY),
    userId: 'alice',
    kind: 'app',
    clientId: 'c',
    applicationName: 'App',
  } as const;
  const createdAt = now;
  await store.replaceKey({
    ...key,
    scopes: ['read'],
    isUrlKey: false,
    pushUrl: null,
    createdAt,
    expiresAt: null,
  });
  const findUser = () => {
    asked += 1;
    return isAsync ? Promise.resolve(alice) : alice;
  };
  const site = {
    name: 'x',
    baseUrl: 'http://127.0.0.1',
    findSession: () => null,
    loginUrl: () => '/',
    findUser,
    findUserByUsername: findUser,
  };
  const valetkey = await createValetkey({
    site: { ...site, usersRevision: () => revision },
    store,
    now: () => now,
  });
  const request = {
    credential: { kind: 'user_key', key: KEY } as const,
    method: 'GET',
    route: { name: 'list#latest' },
    ipAddress: '192.0.2.1',
    userAgent: null,
  };
  return {
    asked: () => asked,
    advance(ms: number) {
      now += ms;
    },
    revokeByItself: () =>
      valetkey.fetch(
        new Request('http://127.0.0.1/user-api-key/revoke', {
          method: 'POST',
          headers: { 'User-Api-Key': KEY },
        }),
        { ipAddress: '192.0.2.1' },
      ),
    verify: async () => {
      const result = await valetkey.verify(request);
      return result.allowed ? 'allowed' : result.code;
    },
    change(to: Partial<SiteUser> | null) {
      alice = to && alice && { ...alice, ...to };
      revision += 1;
    },
  };
}

test.each([false, true])(
  'Site.usersRevision: users are loaded again exactly after a change of any user (async: %s)',
  async (isAsync) => {
    const { verify, asked, change } = await createSite(isAsync);
    for (let count = 0; count < 3; count += 1) expect(await verify()).toBe('allowed');
    expect(asked()).toBe(1);
    change({ isSuspended: true });
    expect(await verify()).toBe('user_suspended');
    expect(await verify()).toBe('user_suspended');
    expect(asked()).toBe(3);
    change({ isSuspended: false });
    expect(await verify()).toBe('allowed');
    change(null);
    expect(await verify()).toBe('key_unknown');
  },
);

test('Site.usersRevision: a revoked key stays revoked, however the clock is set', async () => {
  const { verify, advance, revokeByItself } = await createSite(false);
  for (let count = 0; count < 3; count += 1) expect(await verify()).toBe('allowed');
  expect((await revokeByItself())?.status).toBe(200);
  for (const days of [0, 40, -80, 400]) {
    advance(days * 86_400_000);
    expect(await verify()).toBe('key_revoked');
  }
});
