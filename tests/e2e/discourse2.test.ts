import { generateKeyPairSync, privateDecrypt } from 'node:crypto';
import Discourse from 'discourse2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForumProcess, startForumProcess } from '../../tools/demo/forum-process.ts';
import { signIn } from '../../tools/demo/person.ts';

// `discourse2` is a client that nobody here wrote, generated from Discourse's own OpenAPI description.

let forum: ForumProcess;
let key: string;

beforeAll(async () => {
  forum = await startForumProcess();
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const alice = await signIn(forum.url, 'alice');
  const response = await alice.send('POST', '/user-api-key.json', {
    client_id: 'discourse2',
    application_name: 'discourse2',
    nonce: 'n',
    scopes: 'read,write',
    public_key: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    padding: 'oaep',
  });
  const { payload } = (await response.json()) as { payload: string };
  key = JSON.parse(privateDecrypt(pair.privateKey, Buffer.from(payload, 'base64')).toString()).key;
});
afterAll(() => forum?.stop());

/** It knows `Api-Key` only; a user API key goes in as fetch options, which replace its own headers. */
function connect() {
  const discourse = new Discourse(forum.url);
  const withKey = { fetchOptions: { headers: { 'User-Api-Key': key, 'Content-Type': 'application/json' } } };
  return { discourse, withKey };
}

test('a foreign client lists topics, creates one and replies with a key from here', async () => {
  const { discourse, withKey } = connect();
  const before = await discourse.listLatestTopics({}, withKey);
  expect(before.topic_list?.topics?.length).toBe(12);

  const title = 'Written through a client from elsewhere';
  const raw = 'Its author has never heard of this forum.';
  const created = await discourse.createTopicPostPM({ title, raw }, withKey);
  expect(created).toMatchObject({ username: 'alice', post_number: 1 });

  const topic_id = created.topic_id;
  const reply = await discourse.createTopicPostPM({ topic_id, raw: 'And it can reply.' }, withKey);
  expect(reply).toMatchObject({ topic_id, post_number: 2 });

  const after = await discourse.listLatestTopics({}, withKey);
  expect(after.topic_list?.topics?.[0]).toMatchObject({ id: topic_id, title, posts_count: 2 });
});

test('a foreign client reads topics, posts and categories', async () => {
  const { discourse, withKey } = connect();
  const topic = await discourse.getTopic({ id: '1' }, withKey);
  const [post] = topic.post_stream.posts as { id: number; username: string }[];
  expect(post?.username).toBe('admin');
  expect(await discourse.getPost({ id: String(post?.id) }, withKey)).toMatchObject({
    topic_id: 1,
    post_number: 1,
  });
  const { category_list } = await discourse.listCategories({}, withKey);
  expect(category_list.categories.length).toBe(4);
});

test('a foreign client is told in Discourse’s form what is wrong with a title', async () => {
  const { discourse, withKey } = connect();
  const raw = 'The title of this one is too short to be taken.';
  const attempt = discourse.createTopicPostPM({ title: 'Short', raw }, withKey);
  await expect(attempt).rejects.toThrow(/422.*Title is too short/s);
});
