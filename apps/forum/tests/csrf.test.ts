import { expect, test } from 'vitest';
import { createTestForum, json, PASSWORD } from './test-forum.ts';

const reply = { topic_id: 1, raw: 'A reply that is long enough.' };

test.each([
  ['no token', {}],
  ['an empty token', { 'x-csrf-token': '' }],
  ['a made-up token', { 'x-csrf-token': 'x'.repeat(43) }],
])('CSRF: rejects a write with %s as Discourse does', async (_, headers) => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const answer = await alice.send('POST', '/posts.json', reply, { 'x-csrf-token': '', ...headers });
  expect(answer.status).toBe(403);
  expect(await json(answer)).toEqual(['BAD CSRF']);
});

test('CSRF: rejects the token of another session of the same user', async () => {
  const { signedIn } = await createTestForum();
  const [alice, elsewhere] = [await signedIn('alice'), await signedIn('alice')];
  const headers = { 'x-csrf-token': await elsewhere.fetchCsrfToken() };
  expect((await alice.send('POST', '/posts.json', reply, headers)).status).toBe(403);
});

test('CSRF: rejects a token that was issued before sign-in', async () => {
  const { browser } = await createTestForum();
  const alice = browser();
  const before = await alice.fetchCsrfToken();
  await alice.signIn('alice', PASSWORD);
  const answer = await alice.send('POST', '/posts.json', reply, { 'x-csrf-token': before });
  expect(await json(answer)).toEqual(['BAD CSRF']);
});

test('CSRF: accepts the token as a form field and ignores one in the URL', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const token = await alice.fetchCsrfToken();
  const values = { topic_id: '1', raw: reply.raw };
  const inAddress = `/posts.json?authenticity_token=${token}`;
  expect((await alice.submit(inAddress, { ...values, authenticity_token: '' })).status).toBe(403);
  expect((await alice.submit('/posts.json', { ...values, authenticity_token: token })).status).toBe(200);
});

test('CSRF: rejects a sign-in from a form of another site', async () => {
  const { browser } = await createTestForum();
  const victim = browser();
  const answer = await victim.send('POST', '/session.json', { login: 'bob', password: PASSWORD });
  expect(await json(answer)).toEqual(['BAD CSRF']);
  expect(victim.cookies.size).toBe(0);
});

test('CSRF: shows a page for a rejected form', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const answer = await alice.submit('/posts', { topic_id: '1', raw: reply.raw, authenticity_token: 'old' });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(await answer.text()).toMatch(/BAD CSRF: .*Reload the page/s);
});

test('CSRF: a write without a session is rejected as not_logged_in', async () => {
  const { browser } = await createTestForum();
  const answer = await browser().send('POST', '/posts.json', reply);
  expect(answer.status).toBe(403);
  expect(await json(answer)).toMatchObject({ error_type: 'not_logged_in' });
});
