import { expect, test } from 'vitest';
import { createTestForum, json, PASSWORD } from './test-forum.ts';

const reply = { topic_id: 1, raw: 'A reply that is long enough.' };

test.each([
  ['no token', {}],
  ['an empty token', { 'x-csrf-token': '' }],
  ['a made-up token', { 'x-csrf-token': 'x'.repeat(43) }],
])('refuses a write from a browser with %s, in Discourse’s own words', async (_, headers) => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const answer = await alice.send('POST', '/posts.json', reply, { 'x-csrf-token': '', ...headers });
  expect(answer.status).toBe(403);
  expect(await json(answer)).toEqual(['BAD CSRF']);
});

test('refuses the token of another session, also of the same person', async () => {
  const { signedIn } = await createTestForum();
  const [alice, elsewhere] = [await signedIn('alice'), await signedIn('alice')];
  const headers = { 'x-csrf-token': await elsewhere.fetchCsrfToken() };
  expect((await alice.send('POST', '/posts.json', reply, headers)).status).toBe(403);
});

test('refuses a token that was given before signing in', async () => {
  const { browser } = await createTestForum();
  const alice = browser();
  const before = await alice.fetchCsrfToken();
  await alice.signIn('alice', PASSWORD);
  const answer = await alice.send('POST', '/posts.json', reply, { 'x-csrf-token': before });
  expect(await json(answer)).toEqual(['BAD CSRF']);
});

test('takes the token from a form’s field but never from the address', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const token = await alice.fetchCsrfToken();
  const values = { topic_id: '1', raw: reply.raw };
  const inAddress = `/posts.json?authenticity_token=${token}`;
  expect((await alice.submit(inAddress, { ...values, authenticity_token: '' })).status).toBe(403);
  expect((await alice.submit('/posts.json', { ...values, authenticity_token: token })).status).toBe(200);
});

test('lets nobody be signed in by another site’s form', async () => {
  const { browser } = await createTestForum();
  const victim = browser();
  const answer = await victim.send('POST', '/session.json', { login: 'bob', password: PASSWORD });
  expect(await json(answer)).toEqual(['BAD CSRF']);
  expect(victim.cookies.size).toBe(0);
});

test('tells a person with a form on a page, not in JSON', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const answer = await alice.submit('/posts', { topic_id: '1', raw: reply.raw, authenticity_token: 'old' });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(await answer.text()).toMatch(/BAD CSRF: .*Reload the page/s);
});

test('says to somebody without a session that nobody is signed in', async () => {
  const { browser } = await createTestForum();
  const answer = await browser().send('POST', '/posts.json', reply);
  expect(answer.status).toBe(403);
  expect(await json(answer)).toMatchObject({ error_type: 'not_logged_in' });
});
