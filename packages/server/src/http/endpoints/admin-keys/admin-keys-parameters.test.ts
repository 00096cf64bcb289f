import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { describe, expect, test } from 'vitest';

const KEYS = '/admin/api/keys.json';
const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
];

describe('POST /admin/api/keys: parameters', () => {
  const site = () => createAdminSite();

  test.each([
    [undefined, 400, 'parameter_missing'],
    ['text', 400, 'parameter_invalid'],
    [[], 400, 'parameter_invalid'],
    [{ scope_mode: 'global' }, 400, 'parameter_missing'],
    [{ scope_mode: 'global', description: ' ' }, 400, 'parameter_missing'],
    [{ scope_mode: 'global', description: 'a\nb' }, 400, 'parameter_invalid'],
    [{ scope_mode: 'global', description: 'x'.repeat(256) }, 400, 'parameter_too_long'],
    [{ description: 'x' }, 400, 'parameter_missing'],
    [{ description: 'x', scope_mode: 'everything' }, 400, 'parameter_invalid'],
    [{ description: 'x', scope_mode: 'global', username: '' }, 400, 'parameter_missing'],
    [{ description: 'x', scope_mode: 'global', username: 7 }, 400, 'parameter_invalid'],
    [{ description: 'x', scope_mode: 'global', username: 'nobody' }, 422, 'user_not_found'],
    [
      { description: 'x', scope_mode: 'global', scopes: [{ scope_id: 'topics:read' }] },
      422,
      'admin_scopes_invalid',
    ],
    [{ description: 'x', scope_mode: 'granular' }, 422, 'admin_scopes_invalid'],
    [{ description: 'x', scope_mode: 'granular', scopes: 'topics:read' }, 422, 'admin_scopes_invalid'],
  ])('rejects %j', async (key, status, code) => {
    const it = await site();
    const response = await it.asUser('admin', 'POST', KEYS, { key });
    expect(await codeOf(response)).toEqual([status, code]);
    expect(await it.store.listAdminKeys()).toEqual([]);
  });

  test.each([
    null,
    'topics:read',
    {},
    { scope_id: 'topics:fly' },
    { scope_id: 'constructor' },
    { scope_id: '__proto__' },
    { scope_id: ['topics:read'] },
    { scope_id: 'topics:write', category_id: '1' },
    { scope_id: 'search:query', topic_id: '1' },
    { scope_id: 'topics:write', topic_id: '' },
    { scope_id: 'topics:write', topic_id: '7,' },
    { scope_id: 'topics:write', topic_id: null },
    { scope_id: 'topics:write', topic_id: ['7'] },
    { scope_id: 'topics:write', topic_id: 7.5 },
  ])('rejects the scope %j instead of ignoring its restriction', async (scope) => {
    const it = await site();
    const key = { description: 'x', scope_mode: 'granular', scopes: [scope] };
    const response = await it.asUser('admin', 'POST', KEYS, { key });
    expect(await codeOf(response)).toEqual([422, 'admin_scopes_invalid']);
    expect(await it.store.listAdminKeys()).toEqual([]);
  });

  test('accepts each scope only once', async () => {
    const it = await site();
    const scopes = [{ scope_id: 'topics:write', topic_id: '7' }, { scope_id: 'topics:write' }];
    const key = { description: 'x', scope_mode: 'granular', scopes };
    expect((await it.asUser('admin', 'POST', KEYS, { key })).status).toBe(422);
  });
});
