import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test as contractTest } from './target/contract-test.ts';

const MAKE = '/u/alice/preferences/api-keys/new.json';
const ROTATE = '/user-api-key/rotate.json';
const WISH = { application_name: 'Rain gauge', scopes: 'read,user_status', expires_in_seconds: '86400' };

const post = async (site: ContractSite, path: string, body: object, username = 'alice') =>
  (await site.browserOf(username)).send('POST', path, body);
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const works = async (site: ContractSite, key: string) =>
  (await site.call(key, '/latest.json')).status === 200;

/** Users may make keys of their own. */
const test = contractTest.extend<{ site: ContractSite }>({
  site: async ({ site, settings }, use) => {
    await settings.set('allow_personal_user_api_keys', 'all');
    await use(site);
  },
});

describe('personal keys', () => {
  const make = async (site: ContractSite, changes: object = {}) =>
    (await json(post(site, MAKE, { ...WISH, ...changes }))).key;

  test('POST …/api-keys/new: returns the key once; each is a key of its own and replaces none', async ({
    site,
  }) => {
    const [first, second] = [await make(site), await make(site)];
    expect(first).toEqual({
      id: expect.any(Number),
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      application_name: 'Rain gauge',
      scopes: ['read', 'user_status'],
      created_at: expect.stringMatching(ISO_TIME),
      expires_at: new Date(Date.parse(first.created_at) + 86_400_000).toISOString(),
      allowed_addresses: null,
      for_agents: false,
    });
    expect([await works(site, first.key), await works(site, second.key)]).toEqual([true, true]);
    const page = await (await (await site.browserOf('alice')).get('/u/alice/preferences/apps')).text();
    expect(page).toContain('Rain gauge');
    expect(page).not.toContain(first.key);
  });

  test.for(['one_time_password', 'push', 'read,push', 'no_such_scope'])(
    'POST …/api-keys/new: rejects the scopes %s (403)',
    async (scopes, { site }) => {
      expect(await refusalOf(post(site, MAKE, { ...WISH, scopes }))).toBe('403 scope_not_allowed');
    },
  );

  test('a personal key: is not allowed in a URL', async ({ site }) => {
    const { key } = await make(site, { scopes: 'bookmarks_calendar' });
    const path = '/u/alice/bookmarks.ics';
    expect((await site.call(key, path)).status).toBe(200);
    expect(await refusalOf(site.send(`${path}?user_api_key=${key}`))).toBe('403 key_not_allowed_in_url');
  });

  test('POST …/api-keys/new: needs a session of the same user and its CSRF token', async ({ site }) => {
    const key = await site.issueKey('alice', 'write');
    expect(await refusalOf(site.call(key, MAKE, 'POST', { body: WISH }))).toBe('403 session_required');
    for (const username of ['bob', 'admin'])
      expect((await post(site, MAKE, WISH, username)).status).not.toBe(200);
    const alice = await site.browserOf('alice');
    expect(await refusalOf(alice.send('POST', MAKE, WISH, { 'x-csrf-token': 'x' }))).toBe('403 csrf_invalid');
  });

  test('allowed_addresses: a request from elsewhere is 403 address_not_allowed and counts as no use', async ({
    site,
    settings,
  }) => {
    const here = await make(site, { allowed_addresses: '127.0.0.0/8, 2001:db8::/32' });
    expect(here.allowed_addresses).toEqual(['127.0.0.0/8', '2001:db8::/32']);
    expect(await works(site, here.key)).toBe(true);
    const elsewhere = await make(site, { allowed_addresses: '203.0.113.7' });
    await settings.set('max_user_api_reqs_per_minute', 1);
    for (let time = 0; time < 3; time += 1)
      expect(await refusalOf(site.call(elsewhere.key, '/latest.json'))).toBe('403 address_not_allowed');
    expect(await refusalOf(post(site, MAKE, { ...WISH, allowed_addresses: 'home' }))).toBe(
      '400 address_list_invalid',
    );
    expect((await site.call(elsewhere.key, '/user-api-key/revoke', 'POST')).status).toBe(200);
  });

  test('POST /user-api-key/rotate: replaces a key, which works until its grace ends', async ({
    site,
    clock,
  }) => {
    const old = await make(site);
    const answer = await json(post(site, ROTATE, { id: old.id, grace_seconds: 3_600 }));
    const { id: _id, key: _key, ...same } = old;
    expect(answer.key).toMatchObject(same);
    expect(answer.replaces).toEqual({ id: old.id, works_until: '2026-11-23T13:00:00.000Z' });
    expect([await works(site, old.key), await works(site, answer.key.key)]).toEqual([true, true]);
    expect(await refusalOf(post(site, ROTATE, { id: old.id }))).toBe('409 key_was_rotated');
    clock.advance(3_600_000);
    expect(await json(site.call(old.key, '/latest.json'))).toMatchObject({
      code: 'key_revoked',
      reason: 'replaced',
    });
    expect(await works(site, answer.key.key)).toBe(true);
    expect((await post(site, '/user-api-key/undo-revoke.json', { id: old.id })).status).not.toBe(200);
  });

  test('POST /user-api-key/rotate: rejects keys of apps and of others, requests with a key, and too long a grace', async ({
    site,
  }) => {
    const own = await make(site);
    const app = await site.issueKey('alice', 'write');
    const { user } = await json((await site.browserOf('alice')).get('/u/alice.json'));
    const appId = user.user_api_keys.find((one: { id: number }) => one.id !== own.id).id;
    expect(await refusalOf(post(site, ROTATE, { id: appId }))).toBe('409 key_not_rotatable');
    for (const username of ['bob', 'admin'])
      expect((await post(site, ROTATE, { id: own.id }, username)).status).toBe(403);
    expect(await refusalOf(site.call(app, ROTATE, 'POST', { body: { id: own.id } }))).toBe(
      '403 session_required',
    );
    const week = 7 * 86_400;
    expect(await refusalOf(post(site, ROTATE, { id: own.id, grace_seconds: week + 1 }))).toBe(
      '400 grace_invalid',
    );
    expect(await works(site, own.key)).toBe(true);
  });

  contractTest(
    'max_personal_user_api_keys: one more active key is 409',
    async ({ freshSite: site, settings }) => {
      await settings.set('allow_personal_user_api_keys', 'all');
      await settings.set('max_personal_user_api_keys', 1);
      const { key } = await make(site);
      expect(await refusalOf(post(site, MAKE, WISH))).toBe('409 too_many_personal_keys');
      await site.call(key, '/user-api-key/revoke', 'POST');
      expect((await post(site, MAKE, WISH)).status).toBe(200);
    },
  );

  test('GET /admin/user-api-key-audit.json: says who did what, when and from where, to sessions of admins only', async ({
    site,
    clock,
  }) => {
    await make(site);
    const path = '/admin/user-api-key-audit.json?person=alice';
    const { events } = await json((await site.browserOf('admin')).get(path));
    expect(events).toEqual([
      expect.objectContaining({
        action: 'personal_key_made',
        at: '2026-11-23T12:00:00.000Z',
        subject: 'Rain gauge',
        address: '127.0.0.1',
      }),
    ]);
    for (const username of ['alice', 'mona'])
      expect(await refusalOf((await site.browserOf(username)).get(path))).toBe('403 admin_required');
    clock.advance(366 * 86_400_000);
    await clock.runDailyJobs();
    const later = await site.signIn('admin');
    // The first event is deleted by then; the revocation by the job is new.
    expect((await json(later.get(path))).events).toEqual([
      expect.objectContaining({ action: 'key_revoked_unused', actor: null, owner: 'alice', address: '' }),
    ]);
  });
});
