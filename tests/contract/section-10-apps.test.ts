import { expect, test } from 'vitest';
import { describeContract, json, type RunningForum } from './running-forum.ts';

const APPS = '/u/alice/preferences/apps';
const PHONE = { 'User-Agent': 'Plum Reader/2.1 (phone)' };

/** What a person reads on their page of apps: no tags, and one blank where there were many. */
async function readApps(forum: RunningForum): Promise<string> {
  const page = await (await forum.browserOf('alice')).get(APPS);
  expect(page.status).toBe(200);
  return (await page.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

/** Presses the first button of the page that goes to this address. */
async function press(forum: RunningForum, action: string): Promise<Response> {
  const alice = await forum.browserOf('alice');
  const page = await (await alice.get(APPS)).text();
  const form = page.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const id = /name="id" value="(\d+)"/.exec(form)?.[1] ?? 'no such button';
  return alice.submit(action, { id });
}

describeContract('section 10, what the site shows', (start) => {
  test('per key: application, scopes, approved, expiry and the URL flag', async () => {
    const forum = await start();
    await forum.issueKey('alice', 'bookmarks_calendar', {
      application_name: 'Plum Calendar',
      expires_in_seconds: '864000',
    });
    const text = await readApps(forum);
    for (const part of ['Plum Calendar', 'Read the reminders of your bookmarks', 'bookmarks_calendar'])
      expect(text).toContain(part);
    expect(text).toMatch(/Approved 23 November 2026/);
    expect(text).toMatch(/Last used never/);
    expect(text).toMatch(/Good until 3 December 2026/);
    expect(text).toMatch(/May be in a link yes/);
  });

  test('per key: last used, and from where: address and user agent', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read');
    await forum.call(key, '/latest.json', 'GET', undefined, PHONE);
    forum.advance(2 * 86_400_000);
    expect(await readApps(forum)).toMatch(
      /Last used 2 days ago, from 127\.0\.0\.1 with Plum Reader\/2\.1 \(phone\)/,
    );
  });

  test('the apps page lists them, with revoke and undo', async () => {
    const forum = await start();
    const key = await forum.issueKey('alice', 'read');
    expect((await press(forum, '/user-api-key/revoke')).status).toBe(200);
    expect((await forum.call(key, '/latest.json')).status).toBe(403);
    expect(await readApps(forum)).toMatch(/Revoked in the last seven days Plum Reader Revoked/);
    expect((await press(forum, '/user-api-key/undo-revoke')).status).toBe(200);
    expect((await forum.call(key, '/latest.json')).status).toBe(200);
    expect(await readApps(forum)).not.toContain('Revoked in the last seven days');
  });

  test('the apps page is its person’s alone', async () => {
    const forum = await start();
    await forum.issueKey('alice', 'read');
    expect((await forum.send(APPS)).status).toBe(302);
    for (const username of ['bob', 'admin'])
      expect((await (await forum.browserOf(username)).get(APPS)).status).not.toBe(200);
    const key = await forum.issueKey('alice', 'write', { client_id: 'other' });
    expect((await forum.call(key, APPS)).status).toBe(403);
  });

  test('GET /u/:username.json of oneself has user.user_api_keys, live keys only', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const key = await forum.issueKey('alice', 'read,session_info', { client_id: 'live' });
    const revoked = await forum.issueKey('alice', 'read', { client_id: 'revoked' });
    await forum.issueKey('alice', 'read', { client_id: 'expired', expires_in_seconds: '60' });
    await forum.call(revoked, '/user-api-key/revoke', 'POST');
    forum.advance(60_000);
    await forum.call(key, '/session/current.json');
    const { user } = await json(alice.get('/u/alice.json'));
    expect(user.user_api_keys).toEqual([
      {
        id: expect.any(Number),
        application_name: 'Plum Reader',
        scopes: ['read', 'session_info'],
        created_at: '2026-11-23T12:00:00.000Z',
        last_used_at: '2026-11-23T12:01:00.000Z',
      },
    ]);
    for (const viewer of ['bob', 'admin'])
      expect((await json((await forum.browserOf(viewer)).get('/u/alice.json'))).user).not.toHaveProperty(
        'user_api_keys',
      );
    expect((await json(forum.send('/u/alice.json'))).user).not.toHaveProperty('user_api_keys');
  });
});
