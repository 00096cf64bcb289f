import { ask, createTestSite, csrfOf, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createEndpointTable } from '../src/http/endpoints/endpoint-table.ts';
import { createPagePaths } from '../src/ports/page-paths.ts';

/** What a key may call, whatever its scopes: nothing here gives it, or anybody, more than there was before. */
const OPEN_TO_KEYS: Readonly<Record<string, string>> = {
  'HEAD /user-api-key/new': 'tells the version',
  'POST /user-api-key/revoke': 'a key may end itself',
  'GET /user-api-key/current': 'a key may ask what it holds',
  'POST /user-api-key/device': 'anybody may ask; a person decides, with a browser',
  'POST /user-api-key/device/poll': 'answers whoever has the device code, sealed to the app’s key',
  'GET /.well-known/oauth-authorization-server': 'tells where OAuth clients ask',
  'POST /oauth/device_authorization': 'anybody may ask; a person decides, with a browser',
  'POST /oauth/token': 'answers whoever has the device code of what a person approved',
  'GET /user-api-key-client': 'tells whether a client is registered',
  'POST /user-api-key-client': 'anybody may register a client, within the admin’s list',
  'GET /user-api-key/assets/valetkey.css': 'the look of the pages',
  'GET /user-api-key/assets/copy.js': 'the copy button',
  'GET /admin/user-api-key-assets/valetkey.css': 'the look of the pages for admins',
  'GET /admin/user-api-key-assets/copy.js': 'their copy button',
  'GET /admin/user-api-key-assets/settings.js': 'the live validation of a page for admins',
};

const endpoints = Object.entries(createEndpointTable(createPagePaths(''))).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method} ${path}`),
);

describe('privileges never grow: a write key of an admin, with the admin’s own cookie beside it', () => {
  const closed = endpoints.filter((endpoint) => !(endpoint in OPEN_TO_KEYS));
  test.each(
    closed.flatMap((endpoint) => [
      [endpoint, 'User-Api-Key', ''],
      [endpoint, 'Authorization', 'Bearer '],
    ]),
  )('gets nothing from %s by %s', async (endpoint = '', header = '', scheme) => {
    const site = await createTestSite();
    const { key } = await site.approve({ scopes: 'write' }, 'admin');
    await site.approve({ client_id: 'other' }, 'admin');
    const [other] = await site.valetkey.keysOf('id-admin');
    await site.post('/user-api-key/revoke', { id: String(other?.id) }, 'admin');
    const before = await site.store.listKeys('id-admin');

    const [method = '', pattern = ''] = endpoint.split(' ');
    const path = pattern.replace(':username', 'admin').replace(':id', String(other?.id));
    const values = ask({ id: String(other?.id), authenticity_token: csrfOf('admin') });
    const isGet = method === 'GET';
    const response = await site.send(`${path}.json${isGet ? query(values) : ''}`, {
      method,
      headers: { [header]: scheme + key, cookie: 'session=admin', 'x-csrf-token': csrfOf('admin') },
      ...(!isGet && { body: new URLSearchParams(values) }),
    });
    // A page is answered as to a stranger: with the way to sign in.
    if (response.status === 302) expect(response.headers.get('location')).toMatch(/^\/login\?/);
    else expect(await response.json()).toMatchObject({ code: 'session_required' });
    expect(await site.store.listKeys('id-admin')).toEqual(before);
  });

  test('the list of what is open holds nothing that does not exist', () => {
    expect(Object.keys(OPEN_TO_KEYS).filter((endpoint) => !endpoints.includes(endpoint))).toEqual([]);
  });
});
