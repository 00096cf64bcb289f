import { createTestSite, csrfOf, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createPagePaths } from '../ports/page-paths.ts';
import { createEndpointTable } from './endpoints/endpoint-table.ts';

/** Endpoints that are open to everyone, to keys or to devices, and use no session. */
const OPEN_ENDPOINTS = [
  'HEAD /user-api-key/new',
  'GET /user-api-key-client',
  'POST /user-api-key-client',
  'GET /user-api-key/current',
  'GET /user-api-key/scopes',
  'POST /user-api-key/device',
  'POST /user-api-key/device/poll',
  'GET /.well-known/oauth-authorization-server',
  'POST /oauth/device_authorization',
  'POST /oauth/token',
  'GET /user-api-key/assets/valetkey.css',
  'GET /user-api-key/assets/copy.js',
  'GET /user-api-key/assets/times.js',
  'GET /user-api-key/assets/icons/:hash',
  'POST /user-api-key/assets/language',
  'GET /admin/user-api-key-assets/valetkey.css',
  'GET /admin/user-api-key-assets/copy.js',
  'GET /admin/user-api-key-assets/times.js',
  'GET /admin/user-api-key-assets/settings.js',
  'GET /admin/user-api-key-assets/icons/:hash',
  'POST /admin/user-api-key-assets/language',
];
const TO_REVOKE = [
  'POST /user-api-key/revoke',
  'POST /user-api-key/revoke-many',
  'DELETE /calendar-subscriptions',
];

const rows = Object.entries(createEndpointTable(createPagePaths(''))).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method} ${path}`),
);
const refusedRows = rows.filter((row) => ![...OPEN_ENDPOINTS, ...TO_REVOKE].includes(row));

test('OPEN_ENDPOINTS: contains existing endpoints only', () => {
  expect(rows).toEqual(expect.arrayContaining([...OPEN_ENDPOINTS, ...TO_REVOKE]));
});

describe('a suspended user with a session', () => {
  test.each(refusedRows)('%s: rejects the session of a suspended user (user_suspended)', async (row) => {
    const { send } = await createTestSite();
    const [method = '', pattern = ''] = row.split(' ');
    const path = pattern.replace(':username', 'sam').replace(':id', '1');
    const values = keyRequest({ auth_redirect: 'https://app.example/cb', id: '1', feed: 'bookmarks' });
    const headers = { cookie: 'session=sam', 'x-csrf-token': csrfOf('sam') };
    const answer =
      method === 'GET'
        ? await send(`${path}.json${query(values)}`, { headers })
        : await send(`${path}.json`, { method, headers, body: new URLSearchParams(values) });
    const { code, reason } = (await answer.json()) as { code?: string; reason?: string };
    // Existing front ends read `reason` from a response with status 200.
    expect(code ?? reason).toBe('user_suspended');
  });

  test('revoke and unsubscribe: allowed to a suspended user for their own; undo-revoke is not', async () => {
    const { approve, post, changeUser, send, authorize, store } = await createTestSite();
    const { key } = await approve();
    await post('/calendar-subscriptions.json', {}, 'alice');
    changeUser('alice', { isSuspended: true });
    const keys = await store.listKeys('id-alice');
    const id = String(keys.find(({ kind }) => kind === 'app')?.id);
    expect((await post('/user-api-key/revoke.json', { id }, 'alice')).status).toBe(200);
    const headers = { cookie: 'session=alice', 'x-csrf-token': csrfOf('alice') };
    expect((await send('/calendar-subscriptions.json', { method: 'DELETE', headers })).status).toBe(204);
    expect((await store.listKeys('id-alice')).filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
    const undone = await post('/user-api-key/undo-revoke.json', { id }, 'alice');
    expect(await undone.json()).toMatchObject({ code: 'user_suspended' });
    changeUser('alice', { isSuspended: false });
    expect((await authorize(key, { name: 'list#latest' })).kind).toBe('refused');
  });

  test('POST /user-api-key/revoke: rejects keys of others, also for a suspended admin', async () => {
    const { approve, post, changeUser, store } = await createTestSite();
    await approve();
    changeUser('admin', { isSuspended: true });
    const id = String((await store.listKeys('id-alice'))[0]?.id);
    const answer = await post('/user-api-key/revoke.json', { id }, 'admin');
    expect(await answer.json()).toMatchObject({ code: 'key_of_another_user' });
  });
});
