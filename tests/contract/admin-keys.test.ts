import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import { asAdmin, callWithAdminKey, KEYS, makeAdminKey } from './make-admin-key.ts';
import { readSection, rowsOf } from './read-section.ts';
import { test } from './target/contract-test.ts';

describe('managing admin keys', () => {
  test('POST /admin/api/keys.json: returns the key once, in the shape of Discourse', async ({
    freshSite: site,
    clock,
  }) => {
    clock.advance(1_000);
    const scopes = [{ scope_id: 'topics:write', topic_id: '7,9' }];
    const made = await makeAdminKey(site, { username: 'alice', scope_mode: 'granular', scopes });
    expect(made).toMatchObject({
      id: expect.any(Number),
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      truncated_key: made.key.slice(0, 4),
      description: 'Nightly export',
      user: { username: 'alice' },
      scopes: [{ resource: 'topics', action: 'write', parameters: { topic_id: ['7', '9'] } }],
      created_at: '2026-11-23T12:00:01.000Z',
      last_used_at: null,
      revoked_at: null,
    });
    const { key, ...shown } = made;
    const list = await (await asAdmin(site, 'GET', `${KEYS}.json`)).text();
    expect(JSON.parse(list)).toEqual({ keys: [shown], more: null });
    expect(list).not.toContain(key.slice(4, 20));
  });

  test('GET /admin/api/keys.json: says when each key was last used', async ({ site, clock }) => {
    const { key } = await makeAdminKey(site);
    clock.advance(60_000);
    await callWithAdminKey(site, { key, username: 'alice' }, '/latest.json');
    await site.settle();
    const { keys } = await json(asAdmin(site, 'GET', `${KEYS}.json`));
    expect(keys[0].last_used_at).toBe('2026-11-23T12:01:00.000Z');
  });

  test('/admin/api/keys/:id: revoke and undo-revoke take effect at once, DELETE permanently', async ({
    site,
  }) => {
    const { id, key } = await makeAdminKey(site);
    const works = async () =>
      (await callWithAdminKey(site, { key, username: 'alice' }, '/latest.json')).status === 200;
    const change = async (method: string, what: string) =>
      (await asAdmin(site, method, `${KEYS}/${id}${what}.json`)).status;
    expect(await works()).toBe(true);
    expect([await change('POST', '/revoke'), await works()]).toEqual([200, false]);
    expect([await change('POST', '/undo-revoke'), await works()]).toEqual([200, true]);
    await change('POST', '/revoke');
    expect([await change('DELETE', ''), await works()]).toEqual([200, false]);
    expect([await change('POST', '/undo-revoke'), await works()]).toEqual([404, false]);
  });

  test('GET /admin/api/keys/scopes.json: lists the scopes of PROTOCOL.md', async ({ site }) => {
    const { scopes } = await json(asAdmin(site, 'GET', `${KEYS}/scopes.json`));
    const listed = Object.values<{ scope_id: string }[]>(scopes).flat();
    expect(listed.map(({ scope_id }) => scope_id).toSorted()).toEqual(
      rowsOf(readSection('Scopes of an admin key')).toSorted(),
    );
    expect(scopes.topics).toContainEqual(expect.objectContaining({ key: 'write', params: ['topic_id'] }));
  });

  test.for<[string, string]>([
    ['GET', `${KEYS}.json`],
    ['POST', `${KEYS}.json`],
    ['GET', `${KEYS}/scopes.json`],
    ['POST', `${KEYS}/1/revoke.json`],
    ['POST', `${KEYS}/1/undo-revoke.json`],
    ['DELETE', `${KEYS}/1.json`],
  ])('%s %s: the session of an admin only', async ([method, path], { freshSite: site }) => {
    const { key } = await makeAdminKey(site, { username: 'admin' });
    const body = method === 'GET' ? undefined : { key: { description: 'x', scope_mode: 'global' } };
    const userKey = await site.issueKey('admin', 'read,write');
    expect(await refusalOf(callWithAdminKey(site, { key, username: 'admin' }, path, { method, body }))).toBe(
      '403 session_required',
    );
    expect(await refusalOf(site.call(userKey, path, method, { body }))).toBe('403 session_required');
    expect(await refusalOf(site.send(path, { method }))).toBe('403 login_required');
    for (const username of ['alice', 'mona']) {
      const person = await site.browserOf(username);
      const init = { method, ...(body && { body: JSON.stringify(body) }) };
      const headers = { 'content-type': 'application/json', 'x-csrf-token': await person.fetchCsrfToken() };
      expect(await refusalOf(person.request(path, { ...init, headers }))).toBe('403 admin_required');
    }
    if (body) {
      const admin = await site.browserOf('admin');
      expect(await refusalOf(admin.send(method, path, body, { 'x-csrf-token': 'guessed' }))).toBe(
        '403 csrf_invalid',
      );
    }
    expect((await json(asAdmin(site, 'GET', `${KEYS}.json`))).keys).toHaveLength(1);
  });
});
