import { createTestSite, csrfOf, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createEndpointTable } from '../src/http/endpoints/endpoint-table.ts';
import { createPagePaths } from '../src/ports/page-paths.ts';

/** The endpoints that accept keys, whatever their scopes. None of them extends a privilege. */
const OPEN_TO_KEYS: Readonly<Record<string, string>> = {
  'HEAD /user-api-key/new': 'returns the version',
  'POST /user-api-key/revoke': 'a key may revoke itself',
  'GET /user-api-key/current': 'describes the key',
  'POST /user-api-key/device': 'open to everyone; a user decides, with a session',
  'POST /user-api-key/device/poll': 'requires the device code; the key is encrypted to the client',
  'GET /.well-known/oauth-authorization-server': 'returns public metadata',
  'POST /oauth/device_authorization': 'open to everyone; a user decides, with a session',
  'POST /oauth/token': 'requires the device code of an approved request',
  'GET /user-api-key-client': 'returns whether a client is registered',
  'POST /user-api-key-client': 'open to everyone, within the scopes that the admin allows',
  'GET /user-api-key/scopes': 'the scopes of the site',
  'GET /user-api-key/assets/valetkey.css': 'the style sheet of the pages',
  'GET /user-api-key/assets/copy.js': 'the copy button',
  'GET /user-api-key/assets/times.js': 'the script that shows times in the time zone of the browser',
  'GET /user-api-key/assets/icons/:hash': 'the icon of an app',
  'POST /user-api-key/assets/language': 'the language of the pages, kept in a cookie',
  'GET /admin/user-api-key-assets/valetkey.css': 'the style sheet of the admin pages',
  'GET /admin/user-api-key-assets/copy.js': 'the copy button of the admin pages',
  'GET /admin/user-api-key-assets/times.js': 'the same script for the admin pages',
  'GET /admin/user-api-key-assets/settings.js': 'the live validation of the settings page',
  'GET /admin/user-api-key-assets/icons/:hash': 'the same icon, from an admin page',
  'POST /admin/user-api-key-assets/language': 'the same language, from an admin page',
};

const endpoints = Object.entries(createEndpointTable(createPagePaths(''))).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method} ${path}`),
);

describe('a write key of an admin, beside the admin’s cookie, gets no privileges', () => {
  const closed = endpoints.filter((endpoint) => !(endpoint in OPEN_TO_KEYS));
  test.each(
    closed.flatMap((endpoint) => [
      [endpoint, 'User-Api-Key', ''],
      [endpoint, 'Authorization', 'Bearer '],
    ]),
  )('from %s by %s', async (endpoint = '', header = '', scheme) => {
    const site = await createTestSite();
    const { key } = await site.approve({ scopes: 'write' }, 'admin');
    await site.approve({ client_id: 'other' }, 'admin');
    const [other] = await site.valetkey.keysOf('id-admin');
    await site.post('/user-api-key/revoke', { id: String(other?.id) }, 'admin');
    const before = await site.store.listKeys('id-admin');

    const [method = '', pattern = ''] = endpoint.split(' ');
    const path = pattern.replace(':username', 'admin').replace(':id', String(other?.id));
    const values = keyRequest({ id: String(other?.id), authenticity_token: csrfOf('admin') });
    const isGet = method === 'GET';
    const response = await site.send(`${path}.json${isGet ? query(values) : ''}`, {
      method,
      headers: { [header]: scheme + key, cookie: 'session=admin', 'x-csrf-token': csrfOf('admin') },
      ...(!isGet && { body: new URLSearchParams(values) }),
    });
    // A page redirects to sign-in, as without a session.
    if (response.status === 302) expect(response.headers.get('location')).toMatch(/^\/login\?/);
    else expect(await response.json()).toMatchObject({ code: 'session_required' });
    expect(await site.store.listKeys('id-admin')).toEqual(before);
  });

  test('OPEN_TO_KEYS: contains existing endpoints only', () => {
    expect(Object.keys(OPEN_TO_KEYS).filter((endpoint) => !endpoints.includes(endpoint))).toEqual([]);
  });
});
