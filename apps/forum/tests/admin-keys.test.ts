import { expect, test } from 'vitest';
import { ROUTE_TABLE } from '../src/routes/route-table.ts';
import { createTestForum, json } from './test-forum.ts';

/** A forum with an admin key that was created in a browser. */
async function forumWithKey(request: Record<string, unknown> = {}) {
  const it = await createTestForum();
  const admin = await it.signedIn('admin');
  const key = { description: 'A script', username: null, scope_mode: 'global', ...request };
  const made = await json(admin.send('POST', '/admin/api/keys.json', { key }));
  const send = (path: string, username: string | null, method = 'GET', body?: unknown) =>
    it.fetch(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'api-key': made.key.key,
        ...(username !== null && { 'api-username': username }),
      },
    });
  return { ...it, admin, made: made.key, send };
}

const raw = 'Written by a script with an admin key.';

test('admin key: reads and writes as the user that Api-Username names, and sets no cookie', async () => {
  const { send } = await forumWithKey();
  const answer = await send('/posts.json', 'Bob', 'POST', { topic_id: 1, raw });
  expect(await json(answer)).toMatchObject({ username: 'bob', topic_id: 1 });
  expect(answer.headers.has('set-cookie')).toBe(false);
  expect((await json(send('/session/current.json', 'alice'))).current_user.username).toBe('alice');
  expect((await send('/latest.json', 'nobody')).status).toBe(403);
});

test('admin key bound to a topic: rejects another topic, wherever the request names it', async () => {
  const scopes = [{ scope_id: 'topics:write', topic_id: '1' }];
  const { send } = await forumWithKey({ username: 'bob', scope_mode: 'granular', scopes });
  for (const topic_id of [1, '1']) {
    expect((await send('/posts.json', null, 'POST', { topic_id, raw })).status).toBe(200);
  }
  const newTopic = { title: 'A topic that this key must not start', raw: 'Long enough to be a first post.' };
  for (const body of [{ topic_id: 2, raw }, { topic_id: '1,2', raw }, { topic_id: ' 1', raw }, newTopic]) {
    const answer = await send('/posts.json', null, 'POST', body);
    expect([answer.status, (await json(answer)).code]).toEqual([403, 'scope_insufficient']);
  }
  for (const topic_id of [[1], [1, 2], { 0: 1 }]) {
    expect((await send('/posts.json', null, 'POST', { topic_id, raw })).status).toBe(400);
  }
  // The URL has 1 and the body 2: the authorized value is the one that the handler reads.
  expect((await send('/posts.json?topic_id=1', null, 'POST', { topic_id: 2, raw })).status).toBe(403);
  expect((await send('/t/2.json', null)).status).toBe(403);
});

test('admin key of an admin: rejected on routes that need a browser session', async () => {
  const { send, forum } = await forumWithKey({ username: 'admin' });
  await forum.valetkey.settings.set('max_admin_api_reqs_per_minute', 1_000);
  const closed = ROUTE_TABLE.filter(({ who }) => who === 'session' || who === 'admin session');
  for (const { method, path } of closed) {
    const address = `${path.replace(/:\w+(\{[^}]+\})?/g, '1')}.json`;
    const answer = await send(address, 'admin', method, method === 'GET' ? undefined : {});
    expect([address, answer.status, (await json(answer)).code]).toEqual([address, 403, 'session_required']);
    expect(answer.headers.has('set-cookie')).toBe(false);
  }
  const body = { key: { description: 'x', scope_mode: 'global' } };
  expect((await json(send('/admin/api/keys.json', 'admin', 'POST', body))).code).toBe('session_required');
  expect((await json(send('/admin/api/keys.json', 'admin'))).code).toBe('session_required');
});

test('admin key: rejected from the next request after its revocation', async () => {
  const { admin, made, send } = await forumWithKey();
  expect((await send('/latest.json', 'bob')).status).toBe(200);
  expect((await admin.send('POST', `/admin/api/keys/${made.id}/revoke.json`)).status).toBe(200);
  expect((await json(send('/latest.json', 'bob'))).code).toBe('invalid_api_credentials');
});

test('POST /admin/api/keys: rejects users who are not admins', async () => {
  const { signedIn } = await createTestForum();
  for (const username of ['alice', 'mona']) {
    const user = await signedIn(username);
    const key = { description: 'x', scope_mode: 'global' };
    expect((await json(user.send('POST', '/admin/api/keys.json', { key }))).code).toBe('admin_required');
    expect((await json(user.get('/admin/api/keys.json'))).code).toBe('admin_required');
  }
});
