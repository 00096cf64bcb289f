import { hashKey } from '@valetkey/server/extension';
import { createPng } from '@valetkey/test-support/icons';
import { createOauthDevice } from '@valetkey/test-support/site/oauth-device';
import { csrfOf, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createOauthSite, DOCUMENT_URL, registeredClient } from '../test-support/oauth-site.ts';

const CONFIDENTIAL = { client_id: 'confidential', client_secret: 'the secret' };

/** Creates a site with icons for a public and a confidential client. */
async function createIconSite() {
  const site = await createOauthSite();
  const secretHash = hashKey('the secret');
  await site.store.saveOauthClient(registeredClient({ clientId: 'confidential', secretHash }), null);
  await site.store.saveOauthClient(registeredClient({ clientId: 'dynamic', kind: 'dynamic' }), null);
  const upload = async (client_id: string) => {
    const body = new FormData();
    body.set('authenticity_token', csrfOf('admin'));
    body.set('icon', new File([Uint8Array.from(createPng())], 'icon.png'));
    const path = `/admin/user-api-key-clients/icon${query({ kind: 'oauth', client_id })}`;
    return (await site.send(path, { method: 'POST', body, headers: { cookie: 'session=admin' } })).status;
  };
  expect([await upload('public-client'), await upload('confidential')]).toEqual([303, 303]);
  const countIcons = async (path: string, as = 'alice') => {
    const page = await (await site.get(path, { cookie: `session=${as}` })).text();
    return page.split('<img class="icon"').length - 1;
  };
  return { ...site, upload, countIcons };
}

const APPS = '/u/alice/preferences/apps';

describe('the icon of an OAuth client', () => {
  test('can be given to a client that an admin has registered, and to no other', async () => {
    const { upload, countIcons } = await createIconSite();
    for (const id of ['dynamic', DOCUMENT_URL, 'nobody']) expect(await upload(id)).toBe(400);
    expect(await countIcons('/admin/oauth-clients', 'admin')).toBe(2);
  });

  test.each([
    ['public-client', 'https://client.example/callback', 1],
    ['public-client', 'http://127.0.0.1:4711/callback', 0],
    ['public-client', 'com.example.plum:/callback', 0],
    ['confidential', 'http://127.0.0.1:4711/callback', 1],
    ['dynamic', 'https://client.example/callback', 0],
    [DOCUMENT_URL, 'https://client.example/callback', 0],
  ])('%s with the redirect %s: the consent page shows %i', async (client_id, redirect_uri, count) => {
    const { asks, countIcons } = await createIconSite();
    expect(await countIcons(`/oauth/authorize${query(asks({ client_id, redirect_uri }))}`)).toBe(count);
  });

  test('stands beside a grant only if no other program can have received its code', async () => {
    const { connect, countIcons } = await createIconSite();
    await connect({ redirect_uri: 'http://127.0.0.1:4711/callback' });
    expect(await countIcons(APPS)).toBe(0);
    await connect();
    expect(await countIcons(APPS)).toBe(1);
    expect(await countIcons('/admin/user-api-key-list?kind=oauth', 'admin')).toBe(1);
  });

  test('in the device flow, stands only beside a client that has proved its secret', async () => {
    const site = await createIconSite();
    const { start, device, token } = createOauthDevice(site);
    const shown = async (client: Record<string, string>) => {
      const { user_code } = await start(client);
      const form = { code: user_code };
      const page = await (await site.post('/user-api-key/activate', form, 'alice')).text();
      expect(page).toContain('Plum Client');
      return page.includes('<img class="icon"');
    };
    expect(await shown({ client_id: 'public-client' })).toBe(false);
    expect(await shown(CONFIDENTIAL)).toBe(true);

    for (const [client, count] of [
      [{ client_id: 'public-client' }, 0],
      [CONFIDENTIAL, 1],
    ] as const) {
      const started = await start(client);
      await device.approve(started);
      await token(started, client);
      expect(await site.countIcons(APPS)).toBe(count);
    }
  });

  test('ends with the client', async () => {
    const { connect, countIcons, post } = await createIconSite();
    await connect();
    await post('/admin/oauth-clients/delete', { client_id: 'public-client' }, 'admin');
    expect([await countIcons('/admin/oauth-clients', 'admin'), await countIcons(APPS)]).toEqual([1, 0]);
  });
});
