import { HOSTILE, hasHostileMarkup } from '@valetkey/test-support/page-form';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { expect, test } from 'vitest';

const DAY_MS = 86_400_000;
const admin = { cookie: 'session=admin' };

test('the overview names active keys that were refused often in the last 7 days, most first', async () => {
  const site = await createAdminSite();
  const names = ['Rarely', 'Often', 'Revoked', 'Long ago', HOSTILE];
  for (const name of names) await site.approve({ application_name: name, client_id: name });
  const keys = await site.store.listKeys('id-alice');
  const idOf = (name: string) => keys.find((key) => key.applicationName === name)?.id ?? 0;
  const today = Math.floor(site.now() / DAY_MS);
  const refuse = (name: string, count: number, day = today) =>
    site.store.addKeyUses([{ keyId: idOf(name), day, outcome: 'rate_limited', count }]);
  await refuse('Rarely', 99);
  await refuse('Often', 60);
  await refuse('Often', 60, today - 6);
  await refuse('Long ago', 500, today - 7);
  await refuse('Revoked', 500);
  await refuse(HOSTILE, 1_000);
  await site.post('/user-api-key/revoke', { id: String(idOf('Revoked')) }, 'alice');

  const page = await (await site.get('/admin/user-api-keys', admin)).text();
  const [, list = ''] = page.split('Refused often in the last 7 days');
  expect(list).toMatch(/name=Often&amp;kind=app"><bdi>Often<\/bdi><\/a> of <bdi>alice<\/bdi>: 120 requests/);
  for (const name of ['Rarely', 'Revoked', 'Long ago']) expect(list).not.toContain(`>${name}<`);
  expect(list.indexOf('1,000 requests')).toBeLessThan(list.indexOf('120 requests'));
  expect([list.includes('alert(2)'), hasHostileMarkup(page)]).toEqual([true, false]);
});
