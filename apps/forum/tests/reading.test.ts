import { expect, test } from 'vitest';
import { createTestForum, json, type TestForum } from './test-forum.ts';

async function writeTopics({ signedIn }: TestForum, titles: readonly string[]): Promise<void> {
  const bob = await signedIn('bob');
  for (const title of titles) {
    const answer = await bob.send('POST', '/posts.json', {
      title,
      raw: `About it: ${title}, and no more than that.`,
    });
    expect(answer.status).toBe(200);
  }
}

const idsIn = (list: { topic_list: { topics: { id: number }[] } }) =>
  list.topic_list.topics.map(({ id }) => id);

test('seed: a dozen topics, some replies, four categories', async () => {
  const { fetch } = await createTestForum();
  const { topic_list, users } = await json(fetch('/latest.json'));
  expect(topic_list.topics.length).toBeGreaterThanOrEqual(12);
  expect(topic_list.topics.some(({ reply_count }: { reply_count: number }) => reply_count > 1)).toBe(true);
  expect(users).toContainEqual(
    expect.objectContaining({ username: 'alice', avatar_template: '/letter_avatar/alice/{size}.svg' }),
  );
  expect((await json(fetch('/categories.json'))).category_list.categories).toHaveLength(4);
});

test('topic list: users contains every poster', async () => {
  const { fetch } = await createTestForum();
  const { topic_list, users } = await json(fetch('/latest.json'));
  const known = new Set(users.map(({ id }: { id: number }) => id));
  for (const { posters } of topic_list.topics) {
    for (const { user_id } of posters) expect(known.has(user_id)).toBe(true);
  }
});

test('topic list: the pages contain every topic exactly once', async () => {
  const forum = await createTestForum();
  await writeTopics(
    forum,
    Array.from({ length: 60 }, (_, index) => `One of a great many topics, ${index}`),
  );
  const seen: number[] = [];
  let next: string | undefined = '/latest?page=0';
  while (next) {
    const list = await json(forum.fetch(next, { headers: { accept: 'application/json' } }));
    expect(list.topic_list.topics.length).toBeLessThanOrEqual(list.topic_list.per_page);
    seen.push(...idsIn(list));
    next = list.topic_list.more_topics_url;
  }
  const { topics_count } = (await json(forum.fetch('/about.json'))).about.stats;
  expect(new Set(seen).size).toBe(topics_count);
  expect(seen).toHaveLength(topics_count);
});

test.each(['-1', 'x', '1e9', '99999999999', '1;DROP TABLE topics', ''])(
  'topic list: page=%s is a page of topics',
  async (page) => {
    const { fetch } = await createTestForum();
    const answer = await fetch(`/latest.json?page=${encodeURIComponent(page)}`);
    expect(answer.status).toBe(200);
    expect((await json(fetch('/latest.json'))).topic_list.topics.length).toBeGreaterThanOrEqual(12);
  },
);

test('topic list: a reply moves its topic to the top', async () => {
  const { fetch, signedIn } = await createTestForum();
  const last = idsIn(await json(fetch('/latest.json'))).at(-1);
  await (await signedIn('bob')).send('POST', '/posts.json', { topic_id: last, raw: 'Up you go.' });
  expect(idsIn(await json(fetch('/latest.json')))[0]).toBe(last);
});

test('lists new and unread: depend on the user', async () => {
  const { signedIn } = await createTestForum();
  const [alice, bob] = [await signedIn('alice'), await signedIn('bob')];
  const list = async (browser: typeof alice, name: string) => idsIn(await json(browser.get(`/${name}.json`)));
  const { topic_id } = await json(
    bob.send('POST', '/posts.json', {
      title: 'Something new for alice',
      raw: 'Here is what is new for her.',
    }),
  );
  expect(await list(alice, 'new')).toContain(topic_id);
  expect(await list(bob, 'new')).not.toContain(topic_id);

  await alice.get(`/t/${topic_id}`);
  expect(await list(alice, 'new')).not.toContain(topic_id);
  expect(await list(alice, 'unread')).not.toContain(topic_id);
  await bob.send('POST', '/posts.json', { topic_id, raw: 'And one thing more.' });
  expect(await list(alice, 'unread')).toEqual([topic_id]);
  expect(await list(bob, 'unread')).not.toContain(topic_id);
});

test('GET /c/:slug/:id: lists the topics of that category only', async () => {
  const { fetch } = await createTestForum();
  const { categories } = (await json(fetch('/categories.json'))).category_list;
  for (const { id, slug, topic_count } of categories) {
    const { topics } = (await json(fetch(`/c/${slug}/${id}.json`))).topic_list;
    expect(topics).toHaveLength(topic_count);
    for (const topic of topics) expect(topic.category_id).toBe(id);
  }
  expect((await fetch('/c/general/999.json')).status).toBe(404);
});

test('GET /t/:slug/:id: ignores the slug', async () => {
  const { fetch } = await createTestForum();
  const topic = await json(fetch('/t/1.json'));
  for (const path of ['/t/anything/1.json', '/t/-/1.json', `/t/${topic.slug}/1`]) {
    expect(await json(fetch(path, { headers: { accept: 'application/json' } }))).toEqual(topic);
  }
});

test('format: JSON for .json or Accept, else a page', async () => {
  const { fetch } = await createTestForum();
  const type = async (path: string, accept?: string) =>
    (await fetch(path, accept ? { headers: { accept } } : {})).headers.get('content-type');
  expect(await type('/latest.json')).toMatch(/^application\/json/);
  expect(await type('/latest', 'application/json')).toMatch(/^application\/json/);
  expect(await type('/latest.json', 'text/html')).toMatch(/^application\/json/);
  expect(await type('/latest')).toMatch(/^text\/html/);
  expect(await type('/t/999')).toMatch(/^text\/html/);
  expect(await type('/t/999.json')).toMatch(/^application\/json/);
});

test('404: has Discourse’s form', async () => {
  const { fetch } = await createTestForum();
  for (const path of ['/t/999.json', '/posts/999.json', '/u/nobody.json', '/no/such/place.json']) {
    const answer = await fetch(path);
    expect([answer.status, await json(answer)], path).toEqual([
      404,
      { errors: ['The requested URL or resource could not be found.'], error_type: 'not_found' },
    ]);
  }
});

test('GET /search: finds words in texts and titles, without deleted posts', async () => {
  const forum = await createTestForum();
  await writeTopics(forum, ['Quinces in November, at last']);
  const find = async () => (await json(forum.fetch('/search.json?q=quinces'))).posts;
  const [found] = await find();
  expect(found).toMatchObject({ username: 'bob', blurb: expect.stringContaining('Quinces') });
  const bob = await forum.signedIn('bob');
  await bob.send('DELETE', `/posts/${found.id}.json`);
  expect(await find()).toEqual([]);
});

test.each(['%', '_', '\\', '%%', "'", '"', "' OR 1=1 --", '*', '[a-z]'])(
  'GET /search: treats %j as plain text',
  async (text) => {
    const forum = await createTestForum();
    const search = async () =>
      (await json(forum.fetch(`/search.json?q=${encodeURIComponent(`plum${text}jam`)}`))).posts as {
        raw: string;
      }[];
    expect(await search()).toEqual([]);
    await writeTopics(forum, [`Something about plum${text}jam in it`]);
    expect((await search()).length).toBe(1);
  },
);

test('GET /search: finds nothing for an empty or overlong query', async () => {
  const { fetch } = await createTestForum();
  for (const query of ['', '?q=', '?q=%20', `?q=${'x'.repeat(10_000)}`]) {
    expect((await json(fetch(`/search.json${query}`))).posts).toEqual([]);
  }
});

test('GET /site/basic-info.json and /about.json: describe the site', async () => {
  const { fetch } = await createTestForum();
  expect(await json(fetch('/site/basic-info.json'))).toMatchObject({
    title: 'Plum Forum',
    login_required: false,
  });
  expect((await json(fetch('/about.json'))).about).toMatchObject({
    title: 'Plum Forum',
    stats: { users_count: 5, topics_count: expect.any(Number) },
  });
});
