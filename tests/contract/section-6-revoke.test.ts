import { expect, test } from 'vitest';
import { describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const REVOKE = '/user-api-key/revoke';
const UNDO = '/user-api-key/undo-revoke';
const DAY_MS = 86_400_000;

const isActive = async (forum: RunningForum, key: string) =>
  (await forum.call(key, '/latest.json')).status === 200;

/** A key and its id, as its person reads it in their profile. */
async function keyOf(forum: RunningForum, username: string, client_id = 'phone') {
  const key = await forum.issueKey(username, 'read', { client_id });
  const person = await forum.browserOf(username);
  const { id } = (await json(person.get(`/u/${username}.json`))).user.user_api_keys[0];
  return { key, id: String(id) };
}

/** What a person's browser sends, and what it is told. */
async function post(forum: RunningForum, username: string, path: string, body: object) {
  return (await forum.browserOf(username)).send('POST', `${path}.json`, body);
}

describeContract('section 6, revoke', (start) => {
  test('with only the User-Api-Key header: that key, 200 {"success":"OK"}', async () => {
    const forum = await start();
    const { key } = await keyOf(forum, 'alice');
    const other = await keyOf(forum, 'alice', 'desktop');
    const answer = await forum.send(REVOKE, { method: 'POST', headers: { 'User-Api-Key': key } });
    expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
    expect([await isActive(forum, key), await isActive(forum, other.key)]).toEqual([false, true]);
    expect(await refusal(forum.call(key, `${REVOKE}.json`, 'POST'))).toBe('403 key_revoked');
  });

  test('with id: a key of the signed-in user', async () => {
    const forum = await start();
    const { key, id } = await keyOf(forum, 'alice');
    const answer = await post(forum, 'alice', REVOKE, { id });
    expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
    expect(await isActive(forum, key)).toBe(false);
  });

  test('with id: the same key that is presented, and no other', async () => {
    const forum = await start();
    const { key, id } = await keyOf(forum, 'alice');
    const other = await keyOf(forum, 'alice', 'desktop');
    expect(await refusal(forum.call(key, `${REVOKE}.json`, 'POST', { id: other.id }))).toBe(
      '403 key_of_another_user',
    );
    expect([await isActive(forum, key), await isActive(forum, other.key)]).toEqual([true, true]);
    expect((await forum.call(key, REVOKE, 'POST', { id })).status).toBe(200);
    expect(await isActive(forum, key)).toBe(false);
  });

  test('another user’s → 403, unless it is an admin’s session', async () => {
    const forum = await start();
    const { key, id } = await keyOf(forum, 'alice');
    for (const username of ['bob', 'mona'])
      expect(await refusal(post(forum, username, REVOKE, { id }))).toBe('403 key_of_another_user');
    expect(await isActive(forum, key)).toBe(true);
    expect((await post(forum, 'admin', REVOKE, { id })).status).toBe(200);
    expect(await isActive(forum, key)).toBe(false);
  });

  test('an admin’s key is a key like any other: it ends itself alone', async () => {
    const forum = await start();
    const { key, id } = await keyOf(forum, 'alice');
    const admins = await forum.issueKey('admin', 'read,write');
    expect(await refusal(forum.call(admins, `${REVOKE}.json`, 'POST', { id }))).toBe(
      '403 key_of_another_user',
    );
    const cookie = { cookie: (await forum.browserOf('admin')).cookieHeader() };
    expect((await forum.call(admins, REVOKE, 'POST', { id }, cookie)).status).toBe(403);
    const made = await post(forum, 'admin', '/admin/api/keys', {
      key: { description: 'x', scope_mode: 'global' },
    });
    const headers = { 'api-key': (await json(made)).key.key, 'api-username': 'admin' };
    const byAdminKey = forum.send(`${REVOKE}.json?id=${id}`, { method: 'POST', headers });
    expect(await refusal(byAdminKey)).toBe('403 session_required');
    expect(await isActive(forum, key)).toBe(true);
  });

  test('nothing to revoke → 404', async () => {
    const forum = await start();
    const { id } = await keyOf(forum, 'alice');
    expect((await post(forum, 'alice', REVOKE, { id })).status).toBe(200);
    for (const body of [{ id }, { id: '99999' }, {}])
      expect(await refusal(post(forum, 'alice', REVOKE, body))).toBe('404 key_not_found');
  });

  test('nobody signed in, or a form of another site, revokes nothing', async () => {
    const forum = await start();
    const { key, id } = await keyOf(forum, 'alice');
    const anonymous = { method: 'POST', body: new URLSearchParams({ id }) };
    expect(await refusal(forum.send(`${REVOKE}.json`, anonymous))).toBe('403 login_required');
    const alice = await forum.browserOf('alice');
    const forged = alice.send('POST', `${REVOKE}.json`, { id }, { 'x-csrf-token': 'guessed' });
    expect(await refusal(forged)).toBe('403 csrf_invalid');
    expect(await isActive(forum, key)).toBe(true);
  });

  test('undo-revoke: the session of the owner or of an admin, and nobody else', async () => {
    const forum = await start();
    const { key, id } = await keyOf(forum, 'alice');
    const writer = await forum.issueKey('alice', 'write');
    for (const savior of ['alice', 'admin']) {
      await post(forum, 'alice', REVOKE, { id });
      for (const username of ['bob', 'mona'])
        expect(await refusal(post(forum, username, UNDO, { id }))).toBe('403 key_of_another_user');
      for (const presented of [key, writer])
        expect(
          await refusal(forum.call(presented, UNDO, 'POST', { id }, { accept: 'application/json' })),
        ).toBe('403 session_required');
      const anonymous = { method: 'POST', body: new URLSearchParams({ id }) };
      expect((await forum.send(`${UNDO}.json`, anonymous)).status).toBe(403);
      expect(await isActive(forum, key)).toBe(false);
      const answer = await post(forum, savior, UNDO, { id });
      expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
      expect(await isActive(forum, key)).toBe(true);
    }
  });

  test('a key that was replaced stays dead (409)', async () => {
    const forum = await start();
    const { key, id } = await keyOf(forum, 'alice');
    const newer = await keyOf(forum, 'alice');
    for (const username of ['alice', 'admin'])
      expect(await refusal(post(forum, username, UNDO, { id }))).toBe('409 key_was_replaced');
    expect([await isActive(forum, key), await isActive(forum, newer.key)]).toEqual([false, true]);
  });

  test('keys unused for 180 days are revoked by a daily job, used ones are not', async () => {
    const forum = await start();
    const unused = await keyOf(forum, 'alice', 'unused');
    const used = await keyOf(forum, 'alice', 'used');
    forum.advance(100 * DAY_MS);
    expect(await isActive(forum, used.key)).toBe(true);
    forum.advance(79 * DAY_MS);
    await forum.valetkey.runDailyJobs();
    expect(await isActive(forum, used.key)).toBe(true);
    forum.advance(2 * DAY_MS);
    await forum.valetkey.runDailyJobs();
    const refused = await forum.call(unused.key, '/latest.json');
    expect(await json(refused)).toMatchObject({ code: 'key_revoked', reason: 'unused' });
    expect(await isActive(forum, used.key)).toBe(true);
  });

  test('keys older than the setting are revoked by the daily job; 0, the default, is off', async () => {
    const forum = await start();
    const { key } = await keyOf(forum, 'alice');
    forum.advance(100 * DAY_MS);
    expect(await isActive(forum, key)).toBe(true);
    await forum.valetkey.runDailyJobs();
    expect(await isActive(forum, key)).toBe(true);
    await forum.set('revoke_user_api_keys_maxlife_days', 90);
    await forum.valetkey.runDailyJobs();
    expect(await json(forum.call(key, '/latest.json'))).toMatchObject({
      code: 'key_revoked',
      reason: 'too_old',
    });
  });
});
