import Discourse from 'discourse2';
import { expect, onTestFinished, test } from 'vitest';
import { startTestSite } from '../src/testing/index.ts';

/** An unmodified third-party client library for Discourse, with the headers of a user API key. */
async function createClient(scopes: string) {
  const site = await startTestSite();
  onTestFinished(() => site.close());
  const key = await site.issueKey({ scopes: scopes.split(',') });
  const headers = { 'User-Api-Key': key, 'Content-Type': 'application/json' };
  return { discourse: new Discourse(site.url), options: { fetchOptions: { headers } } };
}

test('Discourse client library: reads, creates, updates and deletes with a user API key', async () => {
  const { discourse, options } = await createClient('read,write');
  const { topic_list } = await discourse.listLatestTopics({}, options);
  const [newest] = topic_list?.topics ?? [];
  const topic = await discourse.getTopic({ id: String(newest?.id) } as never, options);
  expect(topic.title).toBe(newest?.title);
  expect(topic.post_stream.posts.length).toBe(topic.posts_count);

  const draft = {
    title: 'Written by a client of another forum',
    raw: 'It knows nothing of this forum and still works.',
    category: 2,
  };
  const post = await discourse.createTopicPostPM(draft, options);
  expect(post).toMatchObject({ username: 'alice', post_number: 1 });
  const edit = {
    id: String(post.id),
    post: { raw: 'It also knows how to change its mind.', edit_reason: 'clearer' },
  };
  expect((await discourse.updatePost(edit, options)).post).toMatchObject({ version: 2 });
  const { posts } = await discourse.search({ q: 'change its mind' }, options);
  expect(posts).toMatchObject([{ id: post.id }]);
  await discourse.deletePost({ id: post.id } as never, options);
  await expect(discourse.getPost({ id: String(post.id) }, options)).rejects.toMatchObject({ status: 404 });

  expect((await discourse.listCategories({}, options)).category_list.categories).toHaveLength(4);
  expect(await discourse.getSiteBasicInfo()).toMatchObject({ title: 'Plum Forum' });
  expect((await discourse.getUser({ username: 'alice' } as never, options)).user.username).toBe('alice');
});

test('Discourse client library: receives the reason of a missing scope', async () => {
  const { discourse, options } = await createClient('read');
  const draft = { topic_id: 1, raw: 'This key can only read.' };
  const refused = discourse.createTopicPostPM(draft, options);
  await expect(refused).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('scope_insufficient'),
  });
});
