import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createAdminSite, type ShownAdminKey, withKey } from '@valetkey/test-support/site/admin-site';
import { csrfOf } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const KEYS = '/admin/api/keys.json';
const everyEndpoint: readonly [string, string][] = [
  ['GET', KEYS],
  ['POST', KEYS],
  ['GET', '/admin/api/keys/scopes.json'],
  ['POST', '/admin/api/keys/1/revoke.json'],
  ['POST', '/admin/api/keys/1/undo-revoke.json'],
  ['DELETE', '/admin/api/keys/1.json'],
];
const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
];

describe('endpoints of admin keys', () => {
  const site = () => createAdminSite();

  test('POST /admin/api/keys: returns the key once, to the admin who creates it', async () => {
    const it = await site();
    const scopes = [{ scope_id: 'topics:write', topic_id: '7, 9' }];
    const made = await it.make({ username: 'alice', scope_mode: 'granular', scopes });
    expect(made).toEqual({
      id: 1,
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      truncated_key: made.key.slice(0, 4),
      description: 'Nightly export',
      user: { id: 'id-alice', username: 'alice', avatar_template: '/avatar/alice/{size}.png' },
      scope_mode: 'granular',
      scopes: [
        {
          scope_id: 'topics:write',
          resource: 'topics',
          action: 'write',
          parameters: { topic_id: ['7', '9'] },
        },
      ],
      created_at: '2026-11-23T12:00:00.000Z',
      last_used_at: null,
      revoked_at: null,
    });
    const { key, ...rest } = made;
    const list = await (await it.asUser('admin', 'GET', KEYS)).text();
    expect(JSON.parse(list)).toEqual({ keys: [rest], more: null });
    const answers = [list];
    for (const [method, path] of everyEndpoint.slice(3)) {
      const response = await it.asUser('admin', method, path, {});
      expect(response.status).toBe(200);
      answers.push(await response.text());
      if (method === 'POST' && path.includes('undo'))
        await it.asUser('admin', 'POST', '/admin/api/keys/1/revoke', {});
    }
    for (const answer of answers) expect(answer).not.toContain(key.slice(4, 20));
  });

  test('a revoked key is rejected immediately, works again after undo-revoke, and is deleted permanently', async () => {
    const it = await site();
    const { id, key } = await it.make();
    const headers = withKey(key, 'alice');
    const change = (method: string, what: string) =>
      it.asUser('admin', method, `/admin/api/keys/${id}${what}`, {});
    expect(await it.outcome(headers)).toBe('ok:alice');

    expect(await codeOf(await change('DELETE', ''))).toEqual([409, 'admin_key_is_live']);
    const revoked = ((await (await change('POST', '/revoke')).json()) as { key: ShownAdminKey }).key;
    expect(revoked.revoked_at).toBe('2026-11-23T12:00:00.000Z');
    expect(await it.outcome(headers)).toBe('invalid_api_credentials');
    expect(await codeOf(await change('POST', '/revoke'))).toEqual([404, 'admin_key_not_found']);

    expect((await change('POST', '/undo-revoke')).status).toBe(200);
    expect(await it.outcome(headers)).toBe('ok:alice');
    expect(await codeOf(await change('POST', '/undo-revoke'))).toEqual([404, 'admin_key_not_found']);

    await change('POST', '/revoke');
    expect(await (await change('DELETE', '.json')).json()).toEqual({ success: 'OK' });
    expect(await it.outcome(headers)).toBe('invalid_api_credentials');
    expect(await codeOf(await change('DELETE', ''))).toEqual([404, 'admin_key_not_found']);
    expect(await codeOf(await change('POST', '/undo-revoke'))).toEqual([404, 'admin_key_not_found']);
    expect(await (await it.asUser('admin', 'GET', KEYS)).json()).toEqual({ keys: [], more: null });
  });

  test.each(everyEndpoint)('%s %s: requires an admin’s session', async (method, path) => {
    const it = await site();
    const body = method === 'GET' ? undefined : { key: { description: 'x', scope_mode: 'global' } };
    const send = (headers: Record<string, string>) =>
      it.send(path, {
        method,
        ...(body && { body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json', ...headers },
      });
    expect(await codeOf(await it.asUser('alice', method, path, body))).toEqual([403, 'admin_required']);
    expect(await codeOf(await send({}))).toEqual([403, 'login_required']);
    if (body) {
      for (const token of [{}, { 'x-csrf-token': csrfOf('alice') }]) {
        expect(await codeOf(await send({ cookie: 'session=admin', ...token }))).toEqual([
          403,
          'csrf_invalid',
        ]);
      }
    }
    it.changeUser('admin', { isSuspended: true });
    expect(await codeOf(await it.asUser('admin', method, path, body))).toEqual([403, 'user_suspended']);
  });

  test.each(everyEndpoint)(
    '%s %s: rejects every key, also a global key of an admin',
    async (method, path) => {
      const it = await site();
      const userKey = (await it.approve({ scopes: 'read,write' }, 'admin')).key;
      const adminKey = (await it.make({ username: 'admin' })).key;
      const key = { description: 'x', scope_mode: 'global' };
      const body = method === 'GET' ? null : JSON.stringify({ key });
      const session = {
        'content-type': 'application/json',
        cookie: 'session=admin',
        'x-csrf-token': csrfOf('admin'),
      };
      for (const headers of [
        { 'User-Api-Key': userKey },
        withKey(adminKey, 'admin'),
        { ...withKey(adminKey, 'admin'), 'User-Api-Key': userKey },
      ]) {
        // Also with the admin’s cookie and CSRF token: a key takes precedence over a cookie.
        const response = await it.send(path, { method, body, headers: { ...session, ...headers } });
        expect(await codeOf(response)).toEqual([403, 'session_required']);
        expect(response.headers.has('set-cookie')).toBe(false);
      }
      expect(await it.store.listAdminKeys()).toHaveLength(1);
    },
  );

  test('an admin key cannot create or revoke user keys, or create one-time passwords', async () => {
    const it = await site();
    await it.approve({}, 'admin');
    const headers = withKey((await it.make({ username: 'admin' })).key, 'admin');
    const [record] = await it.valetkey.keysOf('id-admin');
    const id = String(record?.id);
    for (const path of ['', '/decline', '/revoke', '/undo-revoke', '/otp']) {
      const response = await it.post(`/user-api-key${path}.json`, { id }, 'admin', headers);
      expect([path, ...(await codeOf(response))]).toEqual([path, 403, 'session_required']);
    }
    expect(await it.valetkey.keysOf('id-admin')).toHaveLength(1);
  });

  test.each(['abc', '0', '-1', '1e3', '1%20OR%201=1', '99999999999999999999'])(
    'the id “%s” is invalid (400)',
    async (id) => {
      const it = await site();
      for (const [method, what] of [
        ['POST', '/revoke'],
        ['POST', '/undo-revoke'],
        ['DELETE', ''],
      ] as const) {
        const response = await it.asUser('admin', method, `/admin/api/keys/${id}${what}`, {});
        expect(await codeOf(response)).toEqual([400, 'parameter_invalid']);
      }
    },
  );

  test('a key whose user was deleted does not look like a key for all users', async () => {
    const it = await site();
    await it.make({ username: 'bob' });
    it.users.delete('bob');
    const { keys } = (await (await it.asUser('admin', 'GET', KEYS)).json()) as { keys: ShownAdminKey[] };
    expect(keys[0]?.user).toMatchObject({ id: 'id-bob', username: null });
  });
});

test('the database contains no admin key, and its content cannot be used as one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-admin-keys-'));
  const path = join(folder, 'valetkey.sqlite');
  const it = await createAdminSite({ store: createSqliteStore({ path }) });
  const { key } = await it.make();
  expect(await it.outcome(withKey(key, 'alice'))).toBe('ok:alice');
  const [record] = await it.store.listAdminKeys();
  expect(await it.outcome(withKey(record?.keyHash ?? '', 'alice'))).toBe('invalid_api_credentials');
  await it.valetkey.close();
  const bytes = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file)).toString('latin1'))
    .join();
  for (let start = 0; start <= key.length - 8; start += 1) {
    expect(bytes).not.toContain(key.slice(start, start + 8));
  }
  expect(bytes).not.toContain(Buffer.from(key, 'hex').toString('latin1'));
  rmSync(folder, { recursive: true });
});
