import { defineScopes, discourseScopes, ownUsername } from '@valetkey/server';
import { refusalOf } from '@valetkey/test-support/responses';
import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

/** A forum with a custom scope that allows only the user's own profile. */
async function createOwnScopeForum() {
  const scopes = defineScopes({
    ...discourseScopes,
    own_profile: {
      sentence: 'See your profile',
      permissions: [{ route: 'users#show', methods: ['GET'], parameters: { username: ownUsername } }],
    },
  });
  const forum = await createTestForum({ scopes });
  await forum.forum.valetkey.settings.set('allow_user_api_key_scopes', 'own_profile');
  await forum.forum.valetkey.settings.set('max_user_api_reqs_per_minute', 1_000);
  const key = await forum.issueKey('alice', 'own_profile');
  return { ...forum, ask: (path: string) => forum.fetch(path, asApp(key)) };
}

test.each(['/u/alice.json', '/u/%61lice.json', '/u/bob/../alice.json', '/u/alice.json?username=bob'])(
  'scope bound to the own username: allows %s',
  async (path) => {
    const { ask } = await createOwnScopeForum();
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect((await json(answer)).user.username).toBe('alice');
  },
);

test.each([
  '/u/bob.json',
  '/u/%62ob.json',
  '/u/alice/../bob.json',
  '/u/alice/%2e%2e/bob.json',
  '/u/bob.json?username=alice',
  '/u/bob.json#/u/alice.json',
  '/u/ALICE.json',
  '/u/alice%20.json',
  '/u/alice%00.json',
  '/u/alice%2Fbob.json',
  '/u/%2561lice.json',
  '/u/alice%252f..%252fbob.json',
  '/u/%61lice%2Ejson.json',
  '/u/%E0%A4%A.json',
  '/u/%D0%B0lice.json',
  '/u/alice;bob.json',
  '/u/alice\\..\\bob.json',
  '//u/alice.json',
  '/U/alice.json',
  '/u/constructor.json',
  '/u/__proto__.json',
  '/latest.json',
])('and opens nothing else, written as %s', async (path) => {
  const { ask } = await createOwnScopeForum();
  const answer = await ask(path);
  expect([403, 404]).toContain(answer.status);
  expect(await answer.text()).not.toMatch(/"user":|topic_list/);
});

test('scope bound to the own username: is what rejects the other paths', async () => {
  const { ask, fetch } = await createOwnScopeForum();
  for (const path of ['/u/bob.json', '/u/ALICE.json', '/u/%62ob.json']) {
    expect((await fetch(path)).status).toBe(200);
    expect(await json(ask(path))).toMatchObject({
      code: 'scope_insufficient',
      granted_scopes: ['own_profile'],
    });
  }
});

test('scopes of the site: methods, routes and formats limit what a key may do', async () => {
  const scopes = defineScopes({
    ...discourseScopes,
    feed: {
      sentence: 'Follow what is new',
      permissions: [{ route: 'list#latest', methods: ['GET'], formats: ['rss'] }],
    },
    status: {
      sentence: 'Set your status',
      permissions: [
        { route: 'user_status#set', methods: ['PUT'] },
        // The route is a DELETE, which is not among the methods.
        { route: 'user_status#clear', methods: ['GET', 'POST', 'PUT', 'PATCH'] },
      ],
    },
  });
  const { forum, fetch, issueKey } = await createTestForum({ scopes });
  await forum.valetkey.settings.set('allow_user_api_key_scopes', 'feed|status');
  const key = await issueKey('alice', 'feed,status');
  const statusOf = async (path: string, init?: RequestInit) => (await fetch(path, asApp(key, init))).status;
  expect(await statusOf('/latest.rss')).toBe(200);
  for (const path of ['/latest.json', '/t/1.json']) expect([path, await statusOf(path)]).toEqual([path, 403]);
  const body = JSON.stringify({ description: 'Pruning', emoji: 'deciduous_tree' });
  expect(await statusOf('/user-status.json', { method: 'PUT', body })).toBe(200);
  expect(await refusalOf(fetch('/user-status.json', asApp(key, { method: 'DELETE' })))).toBe(
    '403 scope_insufficient',
  );
});
