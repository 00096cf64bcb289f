import { expect, test } from 'vitest';
import { describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const MAKE = '/u/alice/preferences/api-keys/new.json';
const ROTATE = '/user-api-key/rotate.json';
const WISH = { application_name: 'Rain gauge', scopes: 'read,user_status', expires_in_seconds: '86400' };

const post = async (forum: RunningForum, path: string, body: object, username = 'alice') =>
  (await forum.browserOf(username)).send('POST', path, body);
const works = async (forum: RunningForum, key: string) =>
  (await forum.call(key, '/latest.json')).status === 200;

describeContract('section 10, personal keys', (start) => {
  async function open() {
    const forum = await start();
    await forum.set('allow_personal_user_api_keys', 'all');
    return forum;
  }
  const make = async (forum: RunningForum, changes: object = {}) =>
    (await json(post(forum, MAKE, { ...WISH, ...changes }))).key;

  test('are shown once, each is a key of its own and replaces none', async () => {
    const forum = await open();
    const [first, second] = [await make(forum), await make(forum)];
    expect(first).toEqual({
      id: expect.any(Number),
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      application_name: 'Rain gauge',
      scopes: ['read', 'user_status'],
      created_at: '2026-11-23T12:00:00.000Z',
      expires_at: '2026-11-24T12:00:00.000Z',
      allowed_addresses: null,
    });
    expect([await works(forum, first.key), await works(forum, second.key)]).toEqual([true, true]);
    const page = await (await (await forum.browserOf('alice')).get('/u/alice/preferences/apps')).text();
    expect(page).toContain('Rain gauge');
    expect(page).not.toContain(first.key);
  });

  test.each(['one_time_password', 'push', 'read,push', 'no_such_scope'])(
    'never with the scope %s',
    async (scopes) => {
      const forum = await open();
      expect(await refusal(post(forum, MAKE, { ...WISH, scopes }))).toBe('403 scope_not_allowed');
    },
  );

  test('never in a URL', async () => {
    const forum = await open();
    const { key } = await make(forum, { scopes: 'bookmarks_calendar' });
    const path = '/u/alice/bookmarks.ics';
    expect((await forum.call(key, path)).status).toBe(200);
    expect(await refusal(forum.send(`${path}?user_api_key=${key}`))).toBe('403 key_not_allowed_in_url');
  });

  test('by a session of oneself only, with its CSRF token', async () => {
    const forum = await open();
    const key = await forum.issueKey('alice', 'write');
    expect(await refusal(forum.call(key, MAKE, 'POST', WISH))).toBe('403 session_required');
    for (const username of ['bob', 'admin'])
      expect((await post(forum, MAKE, WISH, username)).status).not.toBe(200);
    const alice = await forum.browserOf('alice');
    expect(await refusal(alice.send('POST', MAKE, WISH, { 'x-csrf-token': 'x' }))).toBe('403 csrf_invalid');
  });

  test('from the addresses that were named, and from no other: such a request is no use', async () => {
    const forum = await open();
    const here = await make(forum, { allowed_addresses: '127.0.0.0/8, 2001:db8::/32' });
    expect(here.allowed_addresses).toEqual(['127.0.0.0/8', '2001:db8::/32']);
    expect(await works(forum, here.key)).toBe(true);
    const elsewhere = await make(forum, { allowed_addresses: '203.0.113.7' });
    await forum.set('max_user_api_reqs_per_minute', 1);
    for (let time = 0; time < 3; time += 1)
      expect(await refusal(forum.call(elsewhere.key, '/latest.json'))).toBe('403 address_not_allowed');
    expect(await refusal(post(forum, MAKE, { ...WISH, allowed_addresses: 'home' }))).toBe(
      '400 address_list_invalid',
    );
    expect((await forum.call(elsewhere.key, '/user-api-key/revoke', 'POST')).status).toBe(200);
  });

  test('rotate puts a new key in the place of an old one, which works on for its grace', async () => {
    const forum = await open();
    const old = await make(forum);
    const answer = await json(post(forum, ROTATE, { id: old.id, grace_seconds: 3_600 }));
    const { id: _id, key: _key, ...same } = old;
    expect(answer.key).toMatchObject(same);
    expect(answer.replaces).toEqual({ id: old.id, works_until: '2026-11-23T13:00:00.000Z' });
    expect([await works(forum, old.key), await works(forum, answer.key.key)]).toEqual([true, true]);
    expect(await refusal(post(forum, ROTATE, { id: old.id }))).toBe('409 key_was_rotated');
    forum.advance(3_600_000);
    expect(await json(forum.call(old.key, '/latest.json'))).toMatchObject({
      code: 'key_revoked',
      reason: 'replaced',
    });
    expect(await works(forum, answer.key.key)).toBe(true);
    expect((await post(forum, '/user-api-key/undo-revoke.json', { id: old.id })).status).not.toBe(200);
  });

  test('rotate: not for keys of apps, of others, by a key, or with a grace beyond the setting', async () => {
    const forum = await open();
    const own = await make(forum);
    const app = await forum.issueKey('alice', 'write');
    const { user } = await json((await forum.browserOf('alice')).get('/u/alice.json'));
    const appId = user.user_api_keys.find((one: { id: number }) => one.id !== own.id).id;
    expect(await refusal(post(forum, ROTATE, { id: appId }))).toBe('409 key_not_rotatable');
    for (const username of ['bob', 'admin'])
      expect((await post(forum, ROTATE, { id: own.id }, username)).status).toBe(403);
    expect(await refusal(forum.call(app, ROTATE, 'POST', { id: own.id }))).toBe('403 session_required');
    const week = 7 * 86_400;
    expect(await refusal(post(forum, ROTATE, { id: own.id, grace_seconds: week + 1 }))).toBe(
      '400 grace_invalid',
    );
    expect(await works(forum, own.key)).toBe(true);
  });

  test('at most max_personal_user_api_keys live ones → 409', async () => {
    const forum = await open();
    await forum.set('max_personal_user_api_keys', 1);
    const { key } = await make(forum);
    expect(await refusal(post(forum, MAKE, WISH))).toBe('409 too_many_personal_keys');
    await forum.call(key, '/user-api-key/revoke', 'POST');
    expect((await post(forum, MAKE, WISH)).status).toBe(200);
  });

  test('the audit says who did what, when and from where, to admins’ sessions alone', async () => {
    const forum = await open();
    await make(forum);
    const path = '/admin/user-api-key-audit.json?person=alice';
    const { events } = await json((await forum.browserOf('admin')).get(path));
    expect(events).toEqual([
      expect.objectContaining({
        action: 'personal_key_made',
        at: '2026-11-23T12:00:00.000Z',
        subject: 'Rain gauge',
        address: '127.0.0.1',
      }),
    ]);
    for (const username of ['alice', 'mona'])
      expect(await refusal((await forum.browserOf(username)).get(path))).toBe('403 admin_required');
    forum.advance(366 * 86_400_000);
    await forum.valetkey.runDailyJobs();
    const later = forum.newBrowser();
    await later.signIn('admin', 'valetkey-demo');
    // What was written down is forgotten by then; what the job has just done to the key is not.
    expect((await json(later.get(path))).events).toEqual([
      expect.objectContaining({ action: 'key_revoked_unused', actor: null, owner: 'alice', address: '' }),
    ]);
  });
});
