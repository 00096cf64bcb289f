import { createPng } from '@valetkey/test-support/icons';
import { createDevice } from '@valetkey/test-support/site/device-site';
import { keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { createIconSite, iconsOn, registration } from './test-support/icon-site.ts';

describe('the icon of a registered app', () => {
  test('stands on the consent page, in the lists, on the details, and is never on another origin', async () => {
    const site = await createIconSite();
    const { read, consent } = site;
    site.advance(1);
    await site.approve({ client_id: 'plum', public_key: null });
    await site.upload(createPng());
    const apps = '/u/alice/preferences/apps';
    const started = await createDevice(site).start({ client_id: 'plum', public_key: null });
    const [key] = await site.valetkey.keysOf('id-alice');
    const pages = [
      await consent({ client_id: 'plum', public_key: null }),
      await read(`/user-api-key/otp${query(keyRequest())}`),
      await (await site.post('/user-api-key/activate', { code: started.user_code }, 'alice')).text(),
      await read(apps),
      await read(`${apps}/${key?.id}`),
      await read('/admin/user-api-key-clients', 'admin'),
      await read('/admin/user-api-key-list', 'admin'),
    ];
    for (const page of pages) {
      const [path = '', ...others] = iconsOn(page);
      expect(others).toEqual([]);
      expect(path).toMatch(/^\/[\w/-]+\/icons\/[0-9a-f]{64}$/);
      expect(page).toMatch(/<img class="icon" src="[^"]*" alt="" width="40" height="40" \/>/);
    }
  });

  test('is never shown for another app, whatever its name, id or key', async () => {
    const { upload, approve, advance, read, consent, store, now } = await createIconSite({
      isRegistered: false,
    });
    // Approved under this id before anybody registered it.
    await approve({ client_id: 'plum' });
    await store.registerClient(registration(now()), null);
    await upload(createPng());
    advance(1);
    await approve({ client_id: 'other', application_name: 'Plum Reader' });
    expect(iconsOn(await consent({ client_id: 'other', application_name: 'Plum Reader' }))).toEqual([]);
    expect(iconsOn(await consent({ client_id: 'PLUM' }))).toEqual([]);
    expect(iconsOn(await read('/u/alice/preferences/apps'))).toEqual([]);
    expect(iconsOn(await read('/admin/user-api-key-list', 'admin'))).toEqual([]);
  });

  test('ends with the registration, also for keys that were approved by it', async () => {
    const { upload, approve, advance, read, post, store, now } = await createIconSite();
    advance(1);
    await approve({ client_id: 'plum', public_key: null });
    await upload(createPng());
    expect(iconsOn(await read('/u/alice/preferences/apps'))).toHaveLength(1);
    await post('/admin/user-api-key-clients/delete', { client_id: 'plum' }, 'admin');
    expect(iconsOn(await read('/u/alice/preferences/apps'))).toEqual([]);
    advance(1);
    await store.registerClient(registration(now()), null);
    await upload(createPng());
    expect(iconsOn(await read('/u/alice/preferences/apps'))).toEqual([]);
  });
});
