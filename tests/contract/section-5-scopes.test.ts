import { defineScopes, discourseScopes, hashKey, ownUsername } from '@valetkey/server';
import { ask } from '@valetkey/test-support/app-request';
import { expect, test } from 'vitest';
import { readSection, rowsOf } from './read-section.ts';
import { ALICE_ID, describeContract, json, type RunningForum, refusal } from './running-forum.ts';

type Call = readonly [method: string, path: string, body?: unknown];

const poll: Call = ['POST', '/message-bus/tab-1/poll', { '/latest': -1 }];
const list: Call = ['GET', '/notifications.json'];
const totals: Call = ['GET', '/notifications/totals.json'];
const markRead: Call = ['PUT', '/notifications/mark-read', {}];
const markReadAsDiscourseHub: Call = ['PUT', '/notifications/read', {}];
const session: Call = ['GET', '/session/current.json'];
const tracking: Call = ['GET', '/u/alice/topic-tracking-state.json'];
const bookmarks: Call = ['GET', '/u/alice/bookmarks.json'];
const calendar: Call = ['GET', '/u/alice/bookmarks.ics'];
const status: Call = ['GET', '/user-status.json'];
const setStatus: Call = ['PUT', '/user-status.json', { description: 'Pruning', emoji: 'deciduous_tree' }];
const clearStatus: Call = ['DELETE', '/user-status.json'];
const gets: readonly Call[] = [
  ...[list, totals, session, tracking, bookmarks, calendar, status],
  ['GET', '/latest.json'],
  ['GET', '/latest.rss'],
  ['GET', '/t/1.json'],
  ['GET', '/t/1'],
  ['GET', '/u/bob.json'],
  ['GET', '/search.json?q=plum'],
];
const changes: readonly Call[] = [
  ...[poll, markRead, markReadAsDiscourseHub, setStatus, clearStatus],
  ['POST', '/posts.json', { topic_id: 1, raw: 'Written by an app of hers.' }],
  ['POST', '/bookmarks.json', { bookmarkable_type: 'Post', bookmarkable_id: 3 }],
  ['PUT', '/posts/2.json', { post: { raw: 'I have twelve trees by now.' } }],
  ['DELETE', '/bookmarks/1.json'],
];

/** The table of the section, row by row: what a key with this one scope can do, of all the calls there are. */
const TABLE: Readonly<Record<string, readonly Call[]>> = {
  read: gets,
  write: [...gets, ...changes],
  message_bus: [poll],
  push: [],
  one_time_password: [],
  notifications: [poll, list, totals, markRead, markReadAsDiscourseHub],
  session_info: [session, tracking],
  bookmarks_calendar: [calendar],
  user_status: [status, setStatus, clearStatus],
};

async function askAll(forum: RunningForum, key: string): Promise<Record<string, string[]>> {
  const outcomes: Record<string, string[]> = { granted: [], refused: [] };
  for (const [method, path, body] of [...gets, ...changes]) {
    const answer = await forum.call(key, path, method, body, { accept: '*/*' });
    const outcome = answer.status === 403 ? 'refused' : answer.status === 200 ? 'granted' : 'broken';
    outcomes[outcome] = [...(outcomes[outcome] ?? []), `${method} ${path}`];
  }
  return outcomes;
}

const named = (calls: readonly Call[]) => calls.map(([method, path]) => `${method} ${path}`);

test('every scope has its row: in the contract, in the code and in this table', () => {
  expect(Object.keys(TABLE)).toEqual(rowsOf(readSection('Built-in scopes')));
  expect(Object.keys(TABLE)).toEqual(Object.keys(discourseScopes));
});

describeContract('section 5, scopes', (start) => {
  test.each(Object.entries(TABLE))(
    '%s grants what its row says, and nothing else',
    async (scope, granted) => {
      const forum = await start();
      await forum.set('max_user_api_reqs_per_minute', 1_000);
      const key = await forum.issueKey('alice', scope);
      const calls = [...gets, ...changes];
      expect(await askAll(forum, key)).toEqual({
        granted: named(calls.filter((call) => granted.includes(call))),
        refused: named(calls.filter((call) => !granted.includes(call))),
      });
    },
  );

  test.each(Object.keys(TABLE))('a key with %s may revoke itself', async (scope) => {
    const forum = await start();
    const key = await forum.issueKey('alice', scope);
    const answer = await forum.call(key, '/user-api-key/revoke', 'POST');
    expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
    expect(await refusal(forum.call(key, '/latest.json'))).toBe('403 key_revoked');
  });

  test.each([
    ['no scopes', []],
    ['only scopes that the site no longer knows', ['gone', 'constructor', '*']],
  ])('a key with %s may do nothing, except revoke itself', async (_what, scopes) => {
    const forum = await start();
    await forum.set('max_user_api_reqs_per_minute', 1_000);
    const key = 'a1'.repeat(16);
    await forum.store.replaceKey({
      keyHash: hashKey(key),
      userId: ALICE_ID,
      kind: 'app',
      clientId: 'old',
      applicationName: 'Old app',
      scopes,
      isUrlKey: false,
      pushUrl: null,
      createdAt: Date.UTC(2026, 10, 23, 12),
      expiresAt: null,
    });
    expect((await json(forum.call(key, '/user-api-key/current.json'))).user.username).toBe('alice');
    expect(await askAll(forum, key)).toEqual({ granted: [], refused: named([...gets, ...changes]) });
    expect((await forum.call(key, '/user-api-key/revoke', 'POST')).status).toBe(200);
  });

  test('a key with several scopes may do what any of them grants', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'session_info,user_status');
    expect((await forum.call(key, '/session/current.json')).status).toBe(200);
    expect((await forum.call(key, '/user-status.json')).status).toBe(200);
    expect(await refusal(forum.call(key, '/notifications.json'))).toBe('403 scope_insufficient');
  });

  test('push is what allows push_url', async () => {
    const forum = await start();
    const push_url = 'https://push.example/in';
    await forum.set('allowed_user_api_push_urls', push_url);
    for (const scope of ['read', 'push', 'notifications']) await forum.issueKey('alice', scope, { push_url });
    const kept = (await forum.store.listKeys(ALICE_ID)).map(({ scopes, pushUrl }) => [scopes[0], pushUrl]);
    expect(Object.fromEntries(kept)).toEqual({ read: null, push: push_url, notifications: push_url });
  });

  test('a site adds its own: methods, route, format and the values that a key is bound to', async () => {
    const scopes = defineScopes({
      ...discourseScopes,
      own_profile: {
        sentence: 'See your profile',
        permissions: [{ route: 'users#show', methods: ['GET'], parameters: { username: ownUsername } }],
      },
      feed: {
        sentence: 'Follow',
        permissions: [{ route: 'list#latest', methods: ['GET'], formats: ['rss'] }],
      },
      status: {
        sentence: 'Say what you are at',
        permissions: [
          { route: 'user_status#set', methods: ['PUT'] },
          // Its one request is a DELETE.
          { route: 'user_status#clear', methods: ['GET', 'POST', 'PUT', 'PATCH'] },
        ],
      },
    });
    const forum = await start({ scopes });
    await forum.set('allow_user_api_key_scopes', 'own_profile|feed|status');
    const key = await forum.issueKey('alice', 'own_profile,feed,status');
    const statuses = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => (await forum.call(key, path)).status));
    expect(await statuses('/u/alice.json', '/latest.rss')).toEqual([200, 200]);
    expect(await statuses('/u/bob.json', '/latest.json', '/t/1.json')).toEqual([403, 403, 403]);
    expect((await forum.call(key, '/user-status.json', 'PUT', setStatus[2])).status).toBe(200);
    expect(await refusal(forum.call(key, '/user-status.json', 'DELETE'))).toBe('403 scope_insufficient');
  });

  test('which scopes can be asked for: the site’s list, then the registered client’s own, then the person', async () => {
    const forum = await start();
    await forum.set('allow_user_api_key_client_scopes', 'read|session_info');
    await forum.set('allowed_user_api_auth_redirects', 'https://app.example/cb');
    const registration = { ...askFor('read'), auth_redirect: 'https://app.example/cb' };
    const registered = await forum.send('/user-api-key-client.json', {
      method: 'POST',
      body: new URLSearchParams(registration),
    });
    expect(registered.status).toBe(200);
    const alice = await forum.browserOf('alice');
    const approve = (body: Record<string, string>) => alice.send('POST', '/user-api-key.json', body);
    expect((await approve(askFor('session_info'))).status).toBe(403);
    expect((await approve({ ...askFor('session_info'), client_id: 'unregistered' })).status).toBe(200);
    expect((await approve(askFor('read'))).status).toBe(200);
    await forum.set('allow_user_api_key_scopes', 'session_info');
    expect(await refusal(approve(askFor('read')))).toBe('403 scope_not_allowed');
    const declined = await alice.send('POST', '/user-api-key/decline.json', {
      ...askFor('session_info'),
      client_id: 'declined',
    });
    expect(await json(declined)).toEqual({ state: 'declined' });
    const clients = (await forum.store.listKeys(ALICE_ID)).map(({ clientId }) => clientId);
    expect(clients.sort()).toEqual(['plum', 'unregistered']);
  });

  test('HEAD is judged as GET, and headers or fields that claim another method are ignored', async () => {
    const forum = await start();
    const read = await forum.issueKey('alice', 'read');
    const head = await forum.call(read, '/latest.json', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    const narrow = await forum.issueKey('alice', 'session_info');
    expect((await forum.call(narrow, '/latest.json', 'HEAD')).status).toBe(403);
    const before = await json(forum.send('/posts/2.json'));
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method'])
      expect((await forum.call(read, '/posts/2.json', 'GET', undefined, { [name]: 'DELETE' })).status).toBe(
        200,
      );
    const claim = { _method: 'PUT', description: 'Pruning', emoji: 'deciduous_tree' };
    for (const path of ['/user-status.json', '/user-status.json?_method=PUT'])
      expect(
        (await forum.call(await forum.issueKey('alice', 'user_status'), path, 'POST', claim)).status,
      ).toBe(404);
    expect(await json(forum.send('/posts/2.json'))).toEqual(before);
  });
});

/** What the client `plum` sends, as the person's browser sends it on. */
function askFor(scopes: string): Record<string, string> {
  return ask({ client_id: 'plum', scopes, auth_redirect: null });
}
