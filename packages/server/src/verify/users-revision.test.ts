import { expect, test } from 'vitest';
import { createValetkey, hashKey, type SiteUser } from '../index.ts';
import { createMemoryStore } from '../stores/memory/memory-store.ts';

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
    key: KEY,
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
    judge: async () => {
      const verdict = await valetkey.judge.judge(request);
      return verdict.allowed ? 'allowed' : verdict.code;
    },
    change(to: Partial<SiteUser> | null) {
      alice = to && alice && { ...alice, ...to };
      revision += 1;
    },
  };
}

test.each([false, true])(
  'a person is asked for again whenever anybody changed, and not otherwise (async: %s)',
  async (isAsync) => {
    const { judge, asked, change } = await createSite(isAsync);
    for (let count = 0; count < 3; count += 1) expect(await judge()).toBe('allowed');
    expect(asked()).toBe(1);
    change({ isSuspended: true });
    expect(await judge()).toBe('user_suspended');
    expect(await judge()).toBe('user_suspended');
    expect(asked()).toBe(3);
    change({ isSuspended: false });
    expect(await judge()).toBe('allowed');
    change(null);
    expect(await judge()).toBe('key_unknown');
  },
);

test('a key that needed no look stays revoked, however far the clock goes forth and back', async () => {
  const { judge, advance, revokeByItself } = await createSite(false);
  for (let count = 0; count < 3; count += 1) expect(await judge()).toBe('allowed');
  expect((await revokeByItself())?.status).toBe(200);
  for (const days of [0, 40, -80, 400]) {
    advance(days * 86_400_000);
    expect(await judge()).toBe('key_revoked');
  }
});
