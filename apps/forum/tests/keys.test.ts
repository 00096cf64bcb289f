import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

const reply = JSON.stringify({ topic_id: 1, raw: 'Written by an app, for alice.' });

test('user API key: reads and writes as its user, without a CSRF token', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('alice', 'read,write');
  expect(await json(fetch('/session/current.json', asApp(key)))).toMatchObject({
    current_user: { username: 'alice' },
  });
  const answer = await fetch('/posts.json', asApp(key, { method: 'POST', body: reply }));
  expect(await json(answer)).toMatchObject({ username: 'alice', yours: true, topic_id: 1 });
});

test('user API key with read: rejects a write and names the required scopes', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('alice', 'read');
  const answer = await fetch('/posts.json', asApp(key, { method: 'POST', body: reply }));
  expect(answer.status).toBe(403);
  expect(await json(answer)).toMatchObject({
    code: 'scope_insufficient',
    granted_scopes: ['read'],
    required_scopes: ['write'],
  });
  expect((await json(fetch('/t/1.json'))).post_stream.posts.at(-1).raw).not.toContain('Written by an app');
});

test('user API key with a narrow scope: rejected on all other routes', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('alice', 'session_info');
  expect((await fetch('/session/current.json', asApp(key))).status).toBe(200);
  for (const path of ['/latest.json', '/', '/t/1.json', '/t/1', '/u/alice.json', '/assets/forum.css']) {
    expect((await fetch(path, asApp(key))).status, path).toBe(403);
  }
});

test('user API key: HEAD counts as GET, and method override headers and fields are ignored', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('alice', 'read');
  const head = await fetch('/latest.json', asApp(key, { method: 'HEAD' }));
  expect([head.status, await head.text()]).toEqual([200, '']);

  const before = await json(fetch('/posts/1.json'));
  for (const headers of [
    { 'x-http-method-override': 'DELETE' },
    { 'x-method-override': 'DELETE' },
    { 'x-http-method': 'DELETE' },
  ]) {
    expect((await fetch('/posts/1.json', asApp(key, { headers }))).status).toBe(200);
  }
  const write = await issueKey('alice', 'write');
  const body = JSON.stringify({ _method: 'delete' });
  expect((await fetch('/posts/1.json?_method=delete', asApp(write, { method: 'POST', body }))).status).toBe(
    404,
  );
  expect(await json(fetch('/posts/1.json'))).toEqual(before);
});

test('request with key and cookie: only the key counts', async () => {
  const { fetch, issueKey, signedIn } = await createTestForum();
  const admin = await signedIn('admin');
  const key = await issueKey('bob', 'read');
  const headers = { cookie: admin.cookieHeader(), 'x-csrf-token': await admin.fetchCsrfToken() };
  expect(await json(fetch('/session/current.json', asApp(key, { headers })))).toMatchObject({
    current_user: { username: 'bob' },
  });
  const settings = await fetch('/admin/site_settings.json', asApp(key, { headers }));
  expect(await json(settings)).toMatchObject({ code: 'session_required' });
  const wrong = await fetch('/latest.json', asApp('0'.repeat(32), { headers }));
  expect(await json(wrong)).toMatchObject({ code: 'key_unknown' });
});

test('user API key: starts no session on any route', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('admin', 'read,write');
  for (const path of ['/', '/login', '/session/csrf.json', '/session/current.json', '/new-topic', '/t/1']) {
    expect((await fetch(path, asApp(key))).headers.has('set-cookie'), path).toBe(false);
  }
});

test('user API key on a page: shows no form and no CSRF token', async () => {
  const { fetch, issueKey, signedIn } = await createTestForum();
  const key = await issueKey('alice', 'read');
  const headers = { cookie: (await signedIn('alice')).cookieHeader() };
  for (const path of ['/t/1', '/', '/u/alice']) {
    expect(await (await fetch(path, asApp(key, { headers }))).text(), path).not.toContain(
      'authenticity_token',
    );
  }
});

test('user API key: fetching a topic does not mark it as read', async () => {
  const { fetch, issueKey, signedIn } = await createTestForum();
  const key = await issueKey('bob', 'read');
  const unseen = (await json(fetch('/new.json', asApp(key)))).topic_list.topics.map(
    (t: { id: number }) => t.id,
  );
  await fetch(`/t/${unseen[0]}.json`, asApp(key));
  expect((await json(fetch('/new.json', asApp(key)))).topic_list.topics).toHaveLength(unseen.length);
  await (await signedIn('bob')).get(`/t/${unseen[0]}`);
  expect((await json(fetch('/new.json', asApp(key)))).topic_list.topics).toHaveLength(unseen.length - 1);
});

test('key in a URL: rejected on routes that do not allow it, and an unknown one ignored', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('alice', 'read');
  for (const name of ['user_api_key', 'api_key', 'key']) {
    expect((await fetch(`/session/current.json?${name}=${key}`)).status, name).toBe(403);
    expect((await fetch(`/session/current.json?${name}=${'f'.repeat(32)}`)).status, name).toBe(404);
  }
});

test('key as Basic password: reads, and writes nothing', async () => {
  const { fetch, issueKey } = await createTestForum();
  const headers = { authorization: `Basic ${btoa(`alice:${await issueKey('alice', 'read,write')}`)}` };
  const { current_user } = await json(fetch('/session/current.json', { headers }));
  expect(current_user.username).toBe('alice');
  const body = new URLSearchParams({ topic_id: '1', raw: 'Where are the ladders of the neighbours?' });
  const written = await fetch('/posts.json', { method: 'POST', headers, body });
  expect([written.status, (await json(written)).code]).toEqual([403, 'key_in_wrong_place']);
});

test('unknown admin key: rejected in either header, and in both at once', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('alice', 'read');
  const send = async (headers: Record<string, string>) =>
    (await json(fetch('/latest.json', { headers }))).code;
  expect(await send({ 'api-key': 'f'.repeat(64), 'api-username': 'admin' })).toBe('invalid_api_credentials');
  expect(await send({ 'user-api-key': 'f'.repeat(64) })).toBe('admin_key_in_user_header');
  expect(await send({ 'api-key': key, 'api-username': 'admin' })).toBe('user_key_in_admin_header');
  expect(await send({ 'api-key': 'f'.repeat(64), 'user-api-key': key })).toBe('credentials_conflict');
});

test('user API key: rejected while its user is suspended, accepted afterwards', async () => {
  const { fetch, issueKey, signedIn } = await createTestForum();
  const key = await issueKey('bob', 'read');
  const admin = await signedIn('admin');
  const { id } = (await json(fetch('/u/bob.json'))).user;
  expect((await fetch('/latest.json', asApp(key))).status).toBe(200);
  await admin.send('PUT', `/admin/users/${id}/suspend.json`, { suspend_until: '2030-01-01', reason: 'spam' });
  const refused = await fetch('/latest.json', asApp(key));
  expect([refused.status, (await json(refused)).code]).toEqual([403, 'user_suspended']);
  await admin.send('PUT', `/admin/users/${id}/unsuspend.json`);
  expect((await fetch('/latest.json', asApp(key))).status).toBe(200);
});

test('GET /u/:username.json: lists active keys to their user only, without the key text', async () => {
  const { fetch, issueKey, signedIn } = await createTestForum();
  const key = await issueKey('alice', 'read');
  const alice = await signedIn('alice');
  const profile = await (await alice.get('/u/alice.json')).text();
  expect(JSON.parse(profile).user.user_api_keys).toMatchObject([
    { application_name: 'Plum Reader', scopes: ['read'], created_at: expect.stringMatching(/Z$/) },
  ]);
  expect(profile).not.toContain(key);
  for (const viewer of [await signedIn('admin'), await signedIn('bob')]) {
    expect((await json(viewer.get('/u/alice.json'))).user).not.toHaveProperty('user_api_keys');
  }
  expect((await json(fetch('/u/alice.json'))).user).not.toHaveProperty('user_api_keys');

  await fetch('/user-api-key/revoke.json', asApp(key, { method: 'POST' }));
  expect((await json(alice.get('/u/alice.json'))).user.user_api_keys).toEqual([]);
});

test('user API key: responses have the rate limit headers', async () => {
  const { fetch, issueKey } = await createTestForum();
  const answer = await fetch('/latest.json', asApp(await issueKey('alice', 'read')));
  expect(answer.headers.get('ratelimit-policy')).toContain('q=20');
  expect(answer.headers.get('ratelimit')).toContain('r=19');
});

test('CORS: only listed origins can read responses and errors', async () => {
  const { fetch, issueKey, forum } = await createTestForum();
  await forum.valetkey.settings.set('cors_origins', 'https://app.example');
  const key = await issueKey('alice', 'read');
  const from = async (origin: string, path: string, init: RequestInit = {}) =>
    (await fetch(path, asApp(key, { ...init, headers: { origin } }))).headers.get(
      'access-control-allow-origin',
    );
  expect(await from('https://app.example', '/latest.json')).toBe('https://app.example');
  expect(await from('https://app.example', '/posts.json', { method: 'POST', body: reply })).toBe(
    'https://app.example',
  );
  expect(await from('https://app.example', '/t/999999.json')).toBe('https://app.example');
  expect(await from('https://evil.example', '/latest.json')).toBeNull();
});
