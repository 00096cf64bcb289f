import { createPng } from '@valetkey/test-support/icons';
import { readForm } from '@valetkey/test-support/page-form';
import { keyRequest } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { configFor, startGatewaySite } from './support/gateway-site.ts';
import { startService } from './support/start-service.ts';

const ICON = '/valetkey/admin/user-api-key-clients/icon?kind=app&client_id=plum';

test('the gateway accepts an icon of an app, and serves it without a session and without the service', async () => {
  const service = await startService();
  const site = await startGatewaySite(configFor(service.url));
  try {
    await site.setting('allow_user_api_key_client_scopes', 'notes_read');
    const registration = new URLSearchParams(keyRequest({ client_id: 'plum', scopes: 'notes_read' }));
    await fetch(`${site.url}/user-api-key-client`, { method: 'POST', body: registration });

    const page = await fetch(site.url + ICON, { headers: { cookie: 'user=admin' } });
    const [visitor = ''] = page.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
    const form = readForm(await page.text(), ICON.replace('&', '&amp;'));
    const body = new FormData();
    body.set('authenticity_token', form.authenticity_token ?? '');
    body.set('icon', new File([Uint8Array.from(createPng())], 'icon.png'));
    const headers = { cookie: `user=admin; ${visitor}`, accept: 'application/json' };
    const saved = await fetch(site.url + ICON, { method: 'POST', body, headers });
    const { icon } = (await saved.json()) as { icon: string };

    for (const path of [icon, icon.replace(/.*\/icons/, '/user-api-key/assets/icons')]) {
      const served = await fetch(site.url + path);
      expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(Buffer.from(await served.arrayBuffer()).equals(createPng())).toBe(true);
    }
    expect(service.received.filter(({ url }) => url.includes('icon'))).toEqual([]);
  } finally {
    await site.close();
    await service.close();
  }
});
