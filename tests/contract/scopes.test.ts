import { keyRequest, open } from '@valetkey/test-support/app-request';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import { readSection, rowsOf } from './read-section.ts';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

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

/** The table of PROTOCOL.md#built-in-scopes: which of these calls a key with this one scope may make. */
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

async function askAll(site: ContractSite, key: string): Promise<Record<string, string[]>> {
  const outcomes: Record<string, string[]> = { granted: [], refused: [] };
  for (const [method, path, body] of [...gets, ...changes]) {
    const answer = await site.call(key, path, method, { body, headers: { accept: '*/*' } });
    const outcome = answer.status === 403 ? 'refused' : answer.status === 200 ? 'granted' : 'broken';
    outcomes[outcome] = [...(outcomes[outcome] ?? []), `${method} ${path}`];
  }
  return outcomes;
}

const named = (calls: readonly Call[]) => calls.map(([method, path]) => `${method} ${path}`);

test('PROTOCOL.md#built-in-scopes: each scope has its row in this table', () => {
  expect(Object.keys(TABLE)).toEqual(rowsOf(readSection('Built-in scopes')));
});

describe('scopes', () => {
  test.for(Object.entries(TABLE))(
    'scope %s: grants the calls of its row, and no other',
    async ([scope, granted], { site, settings }) => {
      await settings.set('max_user_api_reqs_per_minute', 1_000);
      const key = await site.issueKey('alice', scope);
      const calls = [...gets, ...changes];
      expect(await askAll(site, key)).toEqual({
        granted: named(calls.filter((call) => granted.includes(call))),
        refused: named(calls.filter((call) => !granted.includes(call))),
      });
    },
  );

  test.for(Object.keys(TABLE))(
    'POST /user-api-key/revoke: a key with the scope %s may revoke itself',
    async (scope, { site }) => {
      const key = await site.issueKey('alice', scope);
      const answer = await site.call(key, '/user-api-key/revoke', 'POST');
      expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
      expect(await refusalOf(site.call(key, '/latest.json'))).toBe('403 key_revoked');
    },
  );

  test('a key with several scopes: may do what any of them grants', async ({ site }) => {
    const key = await site.issueKey('alice', 'session_info,user_status');
    expect((await site.call(key, '/session/current.json')).status).toBe(200);
    expect((await site.call(key, '/user-status.json')).status).toBe(200);
    expect(await refusalOf(site.call(key, '/notifications.json'))).toBe('403 scope_insufficient');
  });

  test('scopes push and notifications: allow push_url; no other scope does', async ({ site, settings }) => {
    const push_url = 'https://push.example/in';
    await settings.set('allowed_user_api_push_urls', push_url);
    const alice = await site.browserOf('alice');
    const isPushedTo = async (scopes: string) => {
      const request = keyRequest({ client_id: scopes, scopes, push_url, auth_redirect: null });
      return open((await json(alice.send('POST', '/user-api-key.json', request))).payload).push;
    };
    expect(await isPushedTo('read')).toBe(false);
    expect(await isPushedTo('push')).toBe(true);
    expect(await isPushedTo('notifications')).toBe(true);
  });

  test('allowed scopes: the list of the site, then the list of the registered client, then the user', async ({
    freshSite: site,
    settings,
  }) => {
    await settings.set('allow_user_api_key_client_scopes', 'read|session_info');
    await settings.set('allowed_user_api_auth_redirects', 'https://app.example/cb');
    const registration = { ...askFor('read'), auth_redirect: 'https://app.example/cb' };
    const registered = await site.send('/user-api-key-client.json', {
      method: 'POST',
      body: new URLSearchParams(registration),
    });
    expect(registered.status).toBe(200);
    const alice = await site.browserOf('alice');
    const approve = (body: Record<string, string>) => alice.send('POST', '/user-api-key.json', body);
    expect((await approve(askFor('session_info'))).status).toBe(403);
    expect((await approve({ ...askFor('session_info'), client_id: 'unregistered' })).status).toBe(200);
    expect((await approve(askFor('read'))).status).toBe(200);
    await settings.set('allow_user_api_key_scopes', 'session_info');
    expect(await refusalOf(approve(askFor('read')))).toBe('403 scope_not_allowed');
    const declined = await alice.send('POST', '/user-api-key/decline.json', {
      ...askFor('session_info'),
      client_id: 'declined',
    });
    expect(await json(declined)).toEqual({ state: 'declined' });
    const { user } = await json(alice.get('/u/alice.json'));
    expect(user.user_api_keys.map(({ scopes }: { scopes: string[] }) => scopes)).toEqual([
      ['read'],
      ['session_info'],
    ]);
  });

  test('HEAD: treated as GET; headers and fields that name another method are ignored', async ({ site }) => {
    const read = await site.issueKey('alice', 'read');
    const head = await site.call(read, '/latest.json', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    const narrow = await site.issueKey('alice', 'session_info');
    expect((await site.call(narrow, '/latest.json', 'HEAD')).status).toBe(403);
    const before = await json(site.send('/posts/2.json'));
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method'])
      expect((await site.call(read, '/posts/2.json', 'GET', { headers: { [name]: 'DELETE' } })).status).toBe(
        200,
      );
    const claim = { _method: 'PUT', description: 'Pruning', emoji: 'deciduous_tree' };
    for (const path of ['/user-status.json', '/user-status.json?_method=PUT'])
      expect(
        (await site.call(await site.issueKey('alice', 'user_status'), path, 'POST', { body: claim })).status,
      ).toBe(404);
    expect(await json(site.send('/posts/2.json'))).toEqual(before);
  });
});

/** What the client `plum` sends, as the person's browser sends it on. */
function askFor(scopes: string): Record<string, string> {
  return keyRequest({ client_id: 'plum', scopes, auth_redirect: null });
}
