import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

/** Returns the texts of a feed's items by element. The parser rejects XML that is not well-formed. */
function readItems(xml: string): Record<string, string>[] {
  const items: Record<string, string>[] = [];
  const path: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    if (name === 'item') items.push({});
  });
  parser.on('text', (text) => {
    const item = items.at(-1);
    const [element] = path.slice(-1);
    if (item && element && path.includes('item')) item[element] = (item[element] ?? '') + text;
  });
  parser.on('closetag', () => void path.pop());
  parser.write(xml).close();
  return items;
}

test('GET /latest.rss: lists the latest topics in the order of the page', async () => {
  const { fetch } = await createTestForum();
  const answer = await fetch('/latest.rss');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
  const items = readItems(await answer.text());
  const { topics } = (await json(fetch('/latest.json'))).topic_list;
  expect(items.map(({ title }) => title)).toEqual(topics.map(({ title }: { title: string }) => title));
  expect(items[0]).toMatchObject({
    link: `http://forum.example/t/${topics[0].slug}/${topics[0].id}`,
    guid: `forum.example-topic-${topics[0].id}`,
    pubDate: new Date(topics[0].created_at).toUTCString(),
  });
});

test.each([
  '</title><script>alert(1)</script>',
  ']]> <![CDATA[ <b> & &amp; &lt;',
  '"quotes" and \u{27}apostrophes\u{27}',
  'a bell \u{7} an end \u{ffff}',
  '<!DOCTYPE x [<!ENTITY e "boom">]> &e;',
])('GET /latest.rss: stays well-formed and keeps the text %j', async (text) => {
  const { fetch, signedIn } = await createTestForum();
  const title = `A title with ${text}`;
  const alice = await signedIn('alice');
  const made = await json(alice.send('POST', '/posts.json', { title, raw: `A long text with ${text}` }));
  const [item] = readItems(await (await fetch('/latest.rss')).text());
  const bare = (value: string) => value.replace(/\p{Cc}|\u{ffff}/gu, '\u{fffd}');
  expect(item).toMatchObject({ title: bare(title), description: bare(made.cooked) });
  expect(item?.description).not.toMatch(/<script|<b>|<!/);
});

test('GET /latest.rss: 304 for a known ETag, until a topic is new', async () => {
  const { fetch, signedIn } = await createTestForum();
  const etag = (await fetch('/latest.rss')).headers.get('etag') ?? '';
  const again = () => fetch('/latest.rss', { headers: { 'if-none-match': etag } });
  expect((await again()).status).toBe(304);
  const alice = await signedIn('alice');
  await alice.send('POST', '/posts.json', { title: 'Something that is new', raw: 'And worth reading, too.' });
  expect((await again()).status).toBe(200);
});

test('GET /latest.rss: accepts a key with read and rejects a narrower one', async () => {
  const { fetch, issueKey } = await createTestForum();
  expect((await fetch('/latest.rss', asApp(await issueKey('bob', 'read')))).status).toBe(200);
  const narrow = await issueKey('bob', 'bookmarks_calendar');
  expect(await json(fetch('/latest.rss', asApp(narrow)))).toMatchObject({ code: 'scope_insufficient' });
});

test('RSS: other routes have no feed', async () => {
  const { fetch } = await createTestForum();
  for (const path of ['/t/1.rss', '/u/alice.rss', '/session/current.rss', '/login.rss', '/latest.ics'])
    expect([path, (await fetch(path)).status]).toEqual([path, 404]);
});

test('GET /latest.rss: is valid RSS 2.0 without topics', async () => {
  const { fetch, signedIn } = await createTestForum();
  const admin = await signedIn('admin');
  for (const { id } of (await json(fetch('/latest.json'))).topic_list.topics)
    expect((await admin.send('DELETE', `/t/${id}.json`, {})).status).toBe(200);
  const text = await (await fetch('/latest.rss')).text();
  expect(readItems(text)).toEqual([]);
  for (const required of ['title', 'link', 'description']) expect(text).toMatch(`<${required}>`);
  expect(text).not.toMatch(/NaN|Infinity|1970|Invalid/);
});
