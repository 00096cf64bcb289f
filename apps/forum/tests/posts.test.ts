import { expect, test } from 'vitest';
import { createTestForum, json } from './test-forum.ts';

const title = 'A title that is long enough';
const raw = 'A text that says enough for a first post.';

test('POST /posts: creates a topic and a reply in Discourse’s form', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const made = await json(alice.send('POST', '/posts.json', { title, raw, category: 3 }));
  expect(made).toMatchObject({
    post_number: 1,
    username: 'alice',
    topic_slug: 'a-title-that-is-long-enough',
    raw,
  });
  const reply = await json(
    alice.send('POST', '/posts.json', { topic_id: made.topic_id, raw: 'And a reply.' }),
  );
  expect(reply).toMatchObject({ post_number: 2, cooked: '<p>And a reply.</p>' });

  const topic = await json(alice.get(`/t/${made.topic_id}.json`));
  expect(topic).toMatchObject({
    title,
    category_id: 3,
    posts_count: 2,
    reply_count: 1,
    highest_post_number: 2,
  });
  expect(topic.post_stream.stream).toEqual([made.id, reply.id]);
  expect((await json(alice.get('/latest.json'))).topic_list.topics[0]).toMatchObject({
    id: made.topic_id,
    title,
  });
});

test('POST /posts: accepts JSON, a form and multipart', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const headers = { 'x-csrf-token': await alice.fetchCsrfToken() };
  const multipart = new FormData();
  multipart.set('title', title);
  multipart.set('raw', raw);
  const bodies = [new URLSearchParams({ title, raw }), multipart];
  for (const body of bodies) {
    const answer = await alice.request('/posts.json', { method: 'POST', body, headers });
    expect(await json(answer)).toMatchObject({ raw, post_number: 1 });
  }
});

test('POST /posts: reports every problem of a topic at once', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const answer = await alice.send('POST', '/posts.json', { title: 'Too short', raw: 'Hm.' });
  expect(answer.status).toBe(422);
  expect(await json(answer)).toEqual({
    action: 'create_post',
    errors: ['Title is too short (minimum is 15 characters)', 'Body is too short (minimum is 20 characters)'],
  });
});

test.each([
  ['a title that is too long', { title: 'x'.repeat(256), raw }, 422],
  ['a text that is too long', { title, raw: 'x'.repeat(32_001) }, 422],
  ['spaces for a title', { title: ' '.repeat(40), raw }, 422],
  ['nothing', {}, 422],
  ['an object for a text', { title, raw: { $ne: '' } }, 400],
  ['a list for a title', { title: [title], raw }, 400],
  ['a category that does not exist', { title, raw, category: 999 }, 400],
  ['a category that is no number', { title, raw, category: '1 OR 1=1' }, 400],
  ['a topic that does not exist', { topic_id: 999, raw }, 404],
  ['a topic id below zero', { topic_id: -1, raw }, 400],
  ['a topic id that is no whole number', { topic_id: 1.5, raw }, 400],
  ['a topic id that is a list', { topic_id: [1], raw }, 400],
  ['a reply that is too short', { topic_id: 1, raw: 'Hm.' }, 422],
])('POST /posts: rejects %s and stores nothing', async (_, body, status) => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const counts = async () => (await json(alice.get('/about.json'))).about.stats;
  const before = await counts();
  const answer = await alice.send('POST', '/posts.json', body);
  expect(answer.status).toBe(status);
  expect((await json(answer)).errors.length).toBeGreaterThan(0);
  expect(await counts()).toEqual(before);
});

const multipartFile =
  '--x\r\nContent-Disposition: form-data; name="raw"; filename="raw.txt"\r\n\r\nA file.\r\n--x--\r\n';

test.each([
  ['half of a JSON object', '{"raw": "', 'application/json', 400],
  ['a JSON list', '[1, 2]', 'application/json', 400],
  ['JSON null', 'null', 'application/json', 400],
  ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe]), 'application/json', 400],
  ['multipart without a boundary', 'raw=x', 'multipart/form-data', 400],
  ['a type that nobody knows', 'raw=x', 'application/x-nonsense', 400],
  [
    'a field that is both a text and an object',
    'post=x&post[raw]=y',
    'application/x-www-form-urlencoded',
    400,
  ],
  ['a field with two values', 'raw=x&raw=y', 'application/x-www-form-urlencoded', 400],
  ['a nested field with two values', 'post[raw]=x&post[raw]=y', 'application/x-www-form-urlencoded', 400],
  ['a file', multipartFile, 'multipart/form-data; boundary=x', 400],
  ['more than a megabyte', 'x'.repeat(1_048_577), 'application/json', 413],
])('POST /posts: responds to %s', async (_, body, type, status) => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const headers = { 'content-type': type, 'x-csrf-token': await alice.fetchCsrfToken() };
  const answer = await alice.request('/posts.json', { method: 'POST', body, headers });
  expect(answer.status).toBe(status);
  expect(await json(answer)).toMatchObject({ error_type: 'invalid_parameters' });
});

test('POST /posts: treats __proto__ and constructor as ordinary fields', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const values = { '__proto__[raw]': raw, 'constructor[prototype]': 'x', __proto__: 'x', title, raw };
  expect((await alice.submit('/posts.json', values)).status).toBe(200);
  expect(({} as { raw?: string }).raw).toBeUndefined();
});

test('PUT and DELETE /posts/:id: allowed for the author and staff only', async () => {
  const { signedIn } = await createTestForum();
  const [alice, bob, mona] = [await signedIn('alice'), await signedIn('bob'), await signedIn('mona')];
  const { id } = await json(alice.send('POST', '/posts.json', { topic_id: 1, raw: 'The first version.' }));
  const path = `/posts/${id}.json`;
  const edit = (text: string) => ({ post: { raw: text } });

  expect((await bob.send('PUT', path, edit('Not mine at all'))).status).toBe(403);
  expect((await bob.send('DELETE', path)).status).toBe(403);
  expect(await json(alice.get(path))).toMatchObject({
    raw: 'The first version.',
    version: 1,
    can_edit: true,
  });
  expect(await json(bob.get(path))).toMatchObject({ can_edit: false, can_delete: false });

  expect(await json(alice.send('PUT', path, edit('The second version.')))).toMatchObject({
    post: { raw: 'The second version.', version: 2 },
  });
  expect((await alice.submit(path, { 'post[raw]': 'By POST it is no edit.' })).status).toBe(404);
  expect(await json(mona.send('PUT', path, edit('The moderated version.')))).toMatchObject({
    post: { raw: 'The moderated version.', username: 'alice' },
  });
  expect((await alice.send('PUT', path, edit('Hm.'))).status).toBe(422);
  expect((await mona.send('DELETE', path)).status).toBe(200);
  for (const request of [
    alice.get(path),
    alice.send('DELETE', path),
    alice.send('PUT', path, edit('Back again?')),
  ]) {
    expect((await request).status).toBe(404);
  }
});

test('POST /posts: never reuses the number of a deleted post', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const reply = () => json(alice.send('POST', '/posts.json', { topic_id: 1, raw: 'One more reply.' }));
  const first = await reply();
  await alice.send('DELETE', `/posts/${first.id}.json`);
  expect((await reply()).post_number).toBe(first.post_number + 1);
});

test('DELETE /posts/:id: deletes the topic with its first post; authors cannot once there are replies', async () => {
  const { signedIn } = await createTestForum();
  const [alice, bob, mona] = [await signedIn('alice'), await signedIn('bob'), await signedIn('mona')];
  const begin = () => json(alice.send('POST', '/posts.json', { title, raw }));
  const lonely = await begin();
  expect((await alice.send('DELETE', `/posts/${lonely.id}.json`)).status).toBe(200);
  expect((await alice.get(`/t/${lonely.topic_id}.json`)).status).toBe(404);

  const answered = await begin();
  const reply = await json(
    bob.send('POST', '/posts.json', { topic_id: answered.topic_id, raw: 'I answer.' }),
  );
  const refused = await alice.send('DELETE', `/posts/${answered.id}.json`);
  expect([refused.status, (await json(refused)).errors]).toEqual([
    403,
    ['This topic has replies, so only staff can delete it.'],
  ]);
  expect((await mona.send('DELETE', `/posts/${answered.id}.json`)).status).toBe(200);
  expect((await bob.get(`/posts/${reply.id}.json`)).status).toBe(404);
  expect(
    (await bob.send('POST', '/posts.json', { topic_id: answered.topic_id, raw: 'Too late.' })).status,
  ).toBe(404);
});

test('POST /posts as a form: redirects to the new post', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const made = await alice.submit('/posts', { title, raw, category: '2' });
  expect(made.status).toBe(303);
  const location = made.headers.get('location') ?? '';
  expect(location).toMatch(/^\/t\/a-title-that-is-long-enough\/\d+#post-1$/);
  expect(await (await alice.get(location)).text()).toContain(raw);
  const refused = await alice.submit('/posts', { title: 'Short', raw });
  expect([refused.status, await refused.text()]).toEqual([
    422,
    expect.stringContaining('Title is too short'),
  ]);
});
