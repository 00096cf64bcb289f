import { discourseAdminScopes, hashKey } from '@valetkey/server';
import { expect, test } from 'vitest';
import { asAdmin, callWithAdminKey, KEYS, makeAdminKey } from './make-admin-key.ts';
import { describeContract, json, refusal } from './running-forum.ts';

describeContract('section 12, making and revoking admin keys', (start) => {
  test('POST makes one in Discourse’s shape, shown once and hashed', async () => {
    const forum = await start();
    const scopes = [{ scope_id: 'topics:write', topic_id: '7,9' }];
    const made = await makeAdminKey(forum, { username: 'alice', scope_mode: 'granular', scopes });
    expect(made).toMatchObject({
      id: expect.any(Number),
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      truncated_key: made.key.slice(0, 4),
      description: 'Nightly export',
      user: { username: 'alice' },
      scopes: [{ resource: 'topics', action: 'write', parameters: { topic_id: ['7', '9'] } }],
      created_at: '2026-11-23T12:00:00.000Z',
      last_used_at: null,
      revoked_at: null,
    });
    const { key, ...shown } = made;
    const list = await (await asAdmin(forum, 'GET', `${KEYS}.json`)).text();
    expect(JSON.parse(list)).toEqual({ keys: [shown] });
    expect(list).not.toContain(key.slice(4, 20));
    const [record] = await forum.store.listAdminKeys();
    expect(record?.keyHash).toBe(hashKey(key));
    expect(JSON.stringify(record)).not.toContain(key);
  });

  test('GET shows when each was last used', async () => {
    const forum = await start();
    const { key } = await makeAdminKey(forum);
    forum.advance(60_000);
    await callWithAdminKey(forum, key, 'alice', '/latest.json');
    const { keys } = await json(asAdmin(forum, 'GET', `${KEYS}.json`));
    expect(keys[0].last_used_at).toBe('2026-11-23T12:01:00.000Z');
  });

  test('revoke, undo-revoke and DELETE: at once, back again, and for ever', async () => {
    const forum = await start();
    const { id, key } = await makeAdminKey(forum);
    const works = async () => (await callWithAdminKey(forum, key, 'alice', '/latest.json')).status === 200;
    const change = async (method: string, what: string) =>
      (await asAdmin(forum, method, `${KEYS}/${id}${what}.json`)).status;
    expect(await works()).toBe(true);
    expect([await change('POST', '/revoke'), await works()]).toEqual([200, false]);
    expect([await change('POST', '/undo-revoke'), await works()]).toEqual([200, true]);
    await change('POST', '/revoke');
    expect([await change('DELETE', ''), await works()]).toEqual([200, false]);
    expect([await change('POST', '/undo-revoke'), await works()]).toEqual([404, false]);
  });

  test('GET scopes.json lists what granular keys can be given', async () => {
    const forum = await start();
    const { scopes } = await json(asAdmin(forum, 'GET', `${KEYS}/scopes.json`));
    const listed = Object.values<{ scope_id: string }[]>(scopes).flat();
    expect(listed.map(({ scope_id }) => scope_id).toSorted()).toEqual(
      Object.keys(discourseAdminScopes).toSorted(),
    );
    expect(scopes.topics).toContainEqual(expect.objectContaining({ key: 'write', params: ['topic_id'] }));
  });

  test.each([
    ['GET', `${KEYS}.json`],
    ['POST', `${KEYS}.json`],
    ['GET', `${KEYS}/scopes.json`],
    ['POST', `${KEYS}/1/revoke.json`],
    ['POST', `${KEYS}/1/undo-revoke.json`],
    ['DELETE', `${KEYS}/1.json`],
  ])('%s %s: by an admin’s session only', async (method, path) => {
    const forum = await start();
    const { key } = await makeAdminKey(forum, { username: 'admin' });
    const body = method === 'GET' ? undefined : { key: { description: 'x', scope_mode: 'global' } };
    const userKey = await forum.issueKey('admin', 'read,write');
    expect(await refusal(callWithAdminKey(forum, key, 'admin', path, method, body))).toBe(
      '403 session_required',
    );
    expect(await refusal(forum.call(userKey, path, method, body))).toBe('403 session_required');
    expect(await refusal(forum.send(path, { method }))).toBe('403 login_required');
    for (const username of ['alice', 'mona']) {
      const person = await forum.browserOf(username);
      const init = { method, ...(body && { body: JSON.stringify(body) }) };
      const headers = { 'content-type': 'application/json', 'x-csrf-token': await person.fetchCsrfToken() };
      expect(await refusal(person.request(path, { ...init, headers }))).toBe('403 admin_required');
    }
    if (body) {
      const admin = await forum.browserOf('admin');
      expect(await refusal(admin.send(method, path, body, { 'x-csrf-token': 'guessed' }))).toBe(
        '403 csrf_invalid',
      );
    }
    expect(await forum.store.listAdminKeys()).toHaveLength(1);
  });
});
