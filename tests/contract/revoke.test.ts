import { randomUUID } from 'node:crypto';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const REVOKE = '/user-api-key/revoke';
const UNDO = '/user-api-key/undo-revoke';
const DAY_MS = 86_400_000;

const isActive = async (site: ContractSite, key: string) =>
  (await site.call(key, '/latest.json')).status === 200;

/** Issues a key, and finds its id by a name that no other key has. */
async function keyOf(site: ContractSite, username: string, client_id: string = randomUUID()) {
  const application_name = randomUUID();
  const key = await site.issueKey(username, 'read', { client_id, application_name });
  return { key, id: await site.findKeyId(username, application_name) };
}

/** Sends a POST from the browser of a user. */
async function post(site: ContractSite, username: string, path: string, body: object) {
  return (await site.browserOf(username)).send('POST', `${path}.json`, body);
}

describe('revoking', () => {
  test('POST /user-api-key/revoke: revokes the presented key and no other, 200 {"success":"OK"}', async ({
    site,
  }) => {
    const { key } = await keyOf(site, 'alice');
    const other = await keyOf(site, 'alice');
    const answer = await site.send(REVOKE, { method: 'POST', headers: { 'User-Api-Key': key } });
    expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
    expect([await isActive(site, key), await isActive(site, other.key)]).toEqual([false, true]);
    expect(await refusalOf(site.call(key, `${REVOKE}.json`, 'POST'))).toBe('403 key_revoked');
  });

  test('POST /user-api-key/revoke with id: revokes a key of the signed-in user', async ({ site }) => {
    const { key, id } = await keyOf(site, 'alice');
    const answer = await post(site, 'alice', REVOKE, { id });
    expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
    expect(await isActive(site, key)).toBe(false);
  });

  test('POST /user-api-key/revoke with id and a key: revokes the presented key; another one is 403 key_of_another_user', async ({
    site,
  }) => {
    const { key, id } = await keyOf(site, 'alice');
    const other = await keyOf(site, 'alice');
    expect(await refusalOf(site.call(key, `${REVOKE}.json`, 'POST', { body: { id: other.id } }))).toBe(
      '403 key_of_another_user',
    );
    expect([await isActive(site, key), await isActive(site, other.key)]).toEqual([true, true]);
    expect((await site.call(key, REVOKE, 'POST', { body: { id } })).status).toBe(200);
    expect(await isActive(site, key)).toBe(false);
  });

  test('POST /user-api-key/revoke: rejects a key of another user (403), except for the session of an admin', async ({
    site,
  }) => {
    const { key, id } = await keyOf(site, 'alice');
    for (const username of ['bob', 'mona'])
      expect(await refusalOf(post(site, username, REVOKE, { id }))).toBe('403 key_of_another_user');
    expect(await isActive(site, key)).toBe(true);
    expect((await post(site, 'admin', REVOKE, { id })).status).toBe(200);
    expect(await isActive(site, key)).toBe(false);
  });

  test('POST /user-api-key/revoke: the key of an admin revokes itself only', async ({ site }) => {
    const { key, id } = await keyOf(site, 'alice');
    const admins = await site.issueKey('admin', 'read,write');
    expect(await refusalOf(site.call(admins, `${REVOKE}.json`, 'POST', { body: { id } }))).toBe(
      '403 key_of_another_user',
    );
    const cookie = { cookie: (await site.browserOf('admin')).cookieHeader() };
    expect((await site.call(admins, REVOKE, 'POST', { body: { id }, headers: cookie })).status).toBe(403);
    const made = await post(site, 'admin', '/admin/api/keys', {
      key: { description: 'x', scope_mode: 'global' },
    });
    const headers = { 'api-key': (await json(made)).key.key, 'api-username': 'admin' };
    const byAdminKey = site.send(`${REVOKE}.json?id=${id}`, { method: 'POST', headers });
    expect(await refusalOf(byAdminKey)).toBe('403 session_required');
    expect(await isActive(site, key)).toBe(true);
  });

  test('POST /user-api-key/revoke: nothing to revoke is 404 key_not_found', async ({ site }) => {
    const { id } = await keyOf(site, 'alice');
    expect((await post(site, 'alice', REVOKE, { id })).status).toBe(200);
    for (const body of [{ id }, { id: '99999' }, {}])
      expect(await refusalOf(post(site, 'alice', REVOKE, body))).toBe('404 key_not_found');
  });

  test('POST /user-api-key/revoke: rejects an anonymous request and one without the CSRF token', async ({
    site,
  }) => {
    const { key, id } = await keyOf(site, 'alice');
    const anonymous = { method: 'POST', body: new URLSearchParams({ id }) };
    expect(await refusalOf(site.send(`${REVOKE}.json`, anonymous))).toBe('403 login_required');
    const alice = await site.browserOf('alice');
    const forged = alice.send('POST', `${REVOKE}.json`, { id }, { 'x-csrf-token': 'guessed' });
    expect(await refusalOf(forged)).toBe('403 csrf_invalid');
    expect(await isActive(site, key)).toBe(true);
  });

  test('POST /user-api-key/undo-revoke: the session of the owner or of an admin, and nobody else', async ({
    site,
  }) => {
    const { key, id } = await keyOf(site, 'alice');
    const writer = await site.issueKey('alice', 'write');
    for (const restorer of ['alice', 'admin']) {
      await post(site, 'alice', REVOKE, { id });
      for (const username of ['bob', 'mona'])
        expect(await refusalOf(post(site, username, UNDO, { id }))).toBe('403 key_of_another_user');
      for (const presented of [key, writer])
        expect(
          await refusalOf(
            site.call(presented, UNDO, 'POST', { body: { id }, headers: { accept: 'application/json' } }),
          ),
        ).toBe('403 session_required');
      const anonymous = { method: 'POST', body: new URLSearchParams({ id }) };
      expect((await site.send(`${UNDO}.json`, anonymous)).status).toBe(403);
      expect(await isActive(site, key)).toBe(false);
      const answer = await post(site, restorer, UNDO, { id });
      expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK' }]);
      expect(await isActive(site, key)).toBe(true);
    }
  });

  test('POST /user-api-key/undo-revoke: a replaced key cannot be restored (409 key_was_replaced)', async ({
    site,
  }) => {
    const { key, id } = await keyOf(site, 'alice', 'replaced');
    const newer = await keyOf(site, 'alice', 'replaced');
    for (const username of ['alice', 'admin'])
      expect(await refusalOf(post(site, username, UNDO, { id }))).toBe('409 key_was_replaced');
    expect([await isActive(site, key), await isActive(site, newer.key)]).toEqual([false, true]);
  });

  test('daily job: revokes keys that were not used for 180 days, and no others', async ({ site, clock }) => {
    const unused = await keyOf(site, 'alice');
    const used = await keyOf(site, 'alice');
    clock.advance(100 * DAY_MS);
    expect(await isActive(site, used.key)).toBe(true);
    clock.advance(79 * DAY_MS);
    await clock.runDailyJobs();
    expect(await isActive(site, used.key)).toBe(true);
    clock.advance(2 * DAY_MS);
    await clock.runDailyJobs();
    const refused = await site.call(unused.key, '/latest.json');
    expect(await json(refused)).toMatchObject({ code: 'key_revoked', reason: 'unused' });
    expect(await isActive(site, used.key)).toBe(true);
  });

  test('daily job: revokes keys older than revoke_user_api_keys_maxlife_days; 0, the default, is off', async ({
    site,
    settings,
    clock,
  }) => {
    const { key } = await keyOf(site, 'alice');
    clock.advance(100 * DAY_MS);
    expect(await isActive(site, key)).toBe(true);
    await clock.runDailyJobs();
    expect(await isActive(site, key)).toBe(true);
    await settings.set('revoke_user_api_keys_maxlife_days', 90);
    await clock.runDailyJobs();
    expect(await json(site.call(key, '/latest.json'))).toMatchObject({
      code: 'key_revoked',
      reason: 'too_old',
    });
  });
});
