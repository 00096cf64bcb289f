import { expect, test } from 'vitest';
import { createTestForum } from './test-forum.ts';

const reply = { topic_id: '1', raw: 'A reply that is long enough.' };

test.each([
  ['User-Api-Key', (key: string) => ({ 'user-api-key': key })],
  ['Authorization: Bearer', (key: string) => ({ authorization: `Bearer ${key}` })],
])('POST /posts with %s, without .json: responds with JSON', async (_, headersOf) => {
  const { fetch, issueKey } = await createTestForum();
  const headers = { accept: '*/*', ...headersOf(await issueKey('alice', 'read,write')) };
  const response = await fetch('/posts', { method: 'POST', headers, body: new URLSearchParams(reply) });
  expect([response.status, await response.json()]).toEqual([
    200,
    expect.objectContaining({ post_number: 3 }),
  ]);
});

test('POST /posts with an invalid key, without .json: responds with a JSON error', async () => {
  const { fetch } = await createTestForum();
  const headers = { 'user-api-key': '0'.repeat(32) };
  const response = await fetch('/posts', { method: 'POST', headers, body: new URLSearchParams(reply) });
  expect([response.status, await response.json()]).toEqual([
    403,
    expect.objectContaining({ code: 'key_unknown' }),
  ]);
});

test('XMLHttpRequest: gets JSON for reads and writes, without .json', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const headers = { 'x-requested-with': 'XMLHttpRequest', 'x-csrf-token': await alice.fetchCsrfToken() };
  const body = new URLSearchParams(reply);
  expect(await (await alice.request('/latest', { headers })).json()).toHaveProperty('topic_list');
  const response = await alice.request('/posts', { method: 'POST', headers, body });
  expect(await response.json()).toMatchObject({ post_number: 3 });
});

test('GET of a page with a key, without .json: still responds with the page', async () => {
  const { fetch, issueKey } = await createTestForum();
  const response = await fetch('/latest', { headers: { 'user-api-key': await issueKey('alice', 'read') } });
  expect(response.headers.get('content-type')).toContain('text/html');
});

test.each([
  ['a path without a route', '/nothing', 404],
  ['a route that no key can call', '/logout', 403],
])('POST with a key to %s: responds with a JSON error', async (_, path, status) => {
  const { fetch, issueKey } = await createTestForum();
  const headers = { accept: '*/*', 'user-api-key': await issueKey('alice', 'read,write') };
  const response = await fetch(path, { method: 'POST', headers });
  expect([response.status, await response.json()]).toEqual([
    status,
    expect.objectContaining({ errors: expect.any(Array) }),
  ]);
});

test('POST /posts with a key in a wrong header: responds with a JSON error, and a form with a page', async () => {
  const { fetch, signedIn, issueKey } = await createTestForum();
  const headers = { accept: '*/*', 'x-api-key': await issueKey('alice', 'read,write') };
  const init = { method: 'POST', headers, body: new URLSearchParams(reply) };
  expect(await (await fetch('/posts', init)).json()).toMatchObject({ code: 'key_in_wrong_place' });
  const response = await (await signedIn('alice')).request('/posts', init);
  expect(response.headers.get('content-type')).toContain('text/html');
});
