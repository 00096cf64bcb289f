import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

const path = '/u/alice/bookmarks.ics';
const TRICKY = 'Pears; "plums", \\n and a back\\slash: ünïcödé 🍐 that is long enough to be folded somewhere';

/** Alice with a bookmark with a reminder, one without, and the URL of her calendar. */
async function createCalendar() {
  const forum = await createTestForum();
  const alice = await forum.signedIn('alice');
  const add = (body: Record<string, unknown>) =>
    json(alice.send('POST', '/bookmarks.json', { bookmarkable_type: 'Post', ...body }));
  const { id } = await add({ bookmarkable_id: 1, reminder_at: '2026-12-01T08:30:00+01:00', name: TRICKY });
  await add({ bookmarkable_id: 2 });
  const key = await forum.issueKey('alice', 'bookmarks_calendar');
  return { ...forum, alice, add, id, key, url: `${path}?user_api_key=${key}` };
}

const eventsOf = async (answer: Response) => {
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
};

test('reminder calendar: serves a calendar program that has only the URL', async () => {
  const { fetch, url, id, add } = await createCalendar();
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const [event, ...others] = await eventsOf(answer);
  expect(others).toEqual([]);
  expect(event?.uid).toBe(`bookmark_reminder_${id}@forum.example`);
  expect(event?.summary).toBe(TRICKY);
  expect(event?.startDate.toJSDate().toISOString()).toBe('2026-12-01T07:30:00.000Z');
  expect(event?.endDate.toJSDate().toISOString()).toBe('2026-12-01T08:30:00.000Z');
  expect(event?.description).toMatch(/^http:\/\/forum\.example\/t\/[a-z0-9-]+\/1#post-1$/);

  await add({ bookmarkable_type: 'Topic', bookmarkable_id: 2, reminder_at: '2026-11-30' });
  const { title } = await json(fetch('/t/2.json'));
  expect((await eventsOf(await fetch(url))).map(({ summary }) => summary)).toEqual([title, TRICKY]);
});

test('reminder calendar: lines end with CRLF and have at most 75 bytes (RFC 5545)', async () => {
  const { fetch, url } = await createCalendar();
  const text = await (await fetch(url)).text();
  expect(text).toMatch(/\r\nEND:VCALENDAR\r\n$/);
  const lines = text.split('\r\n');
  expect(lines.filter((line) => /[\r\n]/.test(line) || Buffer.byteLength(line) > 75)).toEqual([]);
  expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
});

/** Returns the names of the components, after checking the grammar of RFC 5545 section 3.6 that applies here. */
async function componentsOf(answer: Response): Promise<string[]> {
  const text = await answer.text();
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n(?:[^\r\n]+\r\n)+END:VCALENDAR\r\n$/);
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const name of ['version', 'prodid']) expect(calendar.getAllProperties(name), name).toHaveLength(1);
  return calendar.getAllSubcomponents().map(({ name }) => name);
}

test('reminder calendar: has a component also without reminders (RFC 5545 section 3.6)', async () => {
  const { fetch, issueKey, signedIn } = await createTestForum();
  const calendarOf = async (username: string) => {
    const key = await issueKey(username, 'bookmarks_calendar');
    return async () => componentsOf(await fetch(`/u/${username}/bookmarks.ics?user_api_key=${key}`));
  };
  const [alice, bob] = [await calendarOf('alice'), await calendarOf('bob')];
  const browser = await signedIn('alice');
  const add = (body: object) =>
    json(browser.send('POST', '/bookmarks.json', { bookmarkable_type: 'Post', ...body }));
  expect(await bob(), 'without bookmarks').toEqual(['vtimezone']);
  await add({ bookmarkable_id: 2 });
  expect(await alice(), 'without reminders').toEqual(['vtimezone']);
  const { id } = await add({ bookmarkable_id: 1, reminder_at: '2026-12-01' });
  expect(await alice(), 'with a reminder').toEqual(['vevent']);
  await browser.send('DELETE', `/bookmarks/${id}.json`, {});
  expect(await alice(), 'after its deletion').toEqual(['vtimezone']);
  const topic = await add({ bookmarkable_type: 'Topic', bookmarkable_id: 5, reminder_at: '2026-12-01' });
  expect(topic.success).toBe('OK');
  await browser.send('DELETE', '/t/5.json', {});
  expect(await alice(), 'of a deleted topic').toEqual(['vtimezone']);
});

test('reminder calendar: is empty without reminders', async () => {
  const { fetch, issueKey } = await createTestForum();
  const key = await issueKey('bob', 'bookmarks_calendar');
  const answer = await fetch(`/u/bob/bookmarks.ics?user_api_key=${key}`);
  expect([answer.status, await eventsOf(answer)]).toEqual([200, []]);
});

test('reminder calendar: 304 for a known ETag, until a reminder changes', async () => {
  const { fetch, url, add, advance } = await createCalendar();
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-f]{40}"$/);
  advance(5_000);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const answer = await fetch(url, { headers: { 'if-none-match': known } });
    expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', etag]);
    expect(answer.headers.get('cache-control')).toBe('private');
  }
  await add({ bookmarkable_id: 3, reminder_at: '2026-12-24' });
  const changed = await fetch(url, { headers: { 'if-none-match': etag } });
  expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
});

test('reminder calendar: has privacy headers and sets no cookie', async () => {
  const { fetch, url } = await createCalendar();
  const { headers } = await fetch(url);
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('private');
  expect(headers.has('set-cookie')).toBe(false);
});

test('reminder calendar: a URL key opens the calendar only', async () => {
  const { fetch, url, key } = await createCalendar();
  expect((await fetch(path, asApp(key))).status).toBe(200);
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  const query = `?user_api_key=${key}`;
  for (const other of ['/u/alice/bookmarks.json', '/u/alice/bookmarks', '/notifications.json', '/new.json']) {
    expect([other, (await fetch(other + query)).status]).toEqual([other, 403]);
    expect(await json(fetch(other, asApp(key)))).toMatchObject({ code: 'scope_insufficient' });
  }
  const stranger = await fetch(`/u/bob/bookmarks.ics${query}`);
  expect([stranger.status, stranger.headers.get('referrer-policy')]).toEqual([403, 'no-referrer']);
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  for (const other of [`/latest.ics${query}`, `/session/current.json${query}`, `/u/alice.json${query}`]) {
    const rejected = await fetch(other);
    expect([other, rejected.status, await rejected.text()]).toEqual([
      other,
      403,
      expect.not.stringContaining('user_api_keys'),
    ]);
  }
});

test('reminder calendar: rejects a key with other scopes in the URL, but accepts it in a header', async () => {
  const { fetch, issueKey, key } = await createCalendar();
  const wide = await issueKey('alice', 'read');
  const two = await issueKey('alice', 'bookmarks_calendar,session_info');
  for (const other of [wide, two]) {
    expect((await fetch(path, asApp(other))).status).toBe(200);
    expect(await json(fetch(`${path}?user_api_key=${other}`))).toMatchObject({
      code: 'key_not_allowed_in_url',
    });
  }
  expect((await fetch(`${path}?user_api_key=${key}&user_api_key=${wide}`)).status).toBe(403);
  expect(await json(fetch(`${path}?user_api_key=${'0'.repeat(32)}`))).toMatchObject({ code: 'key_unknown' });
});
