import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const NEW = '/u/alice/preferences/api-keys/new';
const HOME = '192.0.2.1';
const ELSEWHERE = '198.51.100.9';
const latest = { name: 'list#latest', format: 'json' };
const wanted = {
  application_name: 'Backup script',
  scopes: 'read',
  allowed_addresses: '192.0.2.0/28, 2001:db8::/32',
};

interface Made {
  readonly key: { id: number; key: string; allowed_addresses: string[] | null };
}

async function createSite(options: Parameters<typeof createTestSite>[0] = {}) {
  const site = await createTestSite(options);
  await site.valetkey.settings.set('allow_personal_user_api_keys', 'all');
  const make = (changes: Record<string, string> = {}) =>
    site.post(`${NEW}.json`, { ...wanted, ...changes }, 'alice');
  const { key: made } = (await (await make()).json()) as Made;
  const headers = (key: string) => ({ headers: { 'User-Api-Key': key, 'User-Agent': 'backup/1' } });
  return {
    ...site,
    make,
    made,
    async useFrom(
      ipAddress: string,
      key = made.key,
      route: Parameters<typeof site.valetkey.authorize>[1] = latest,
    ) {
      const request = new Request('https://forum.example/latest.json', headers(key));
      const outcome = await site.valetkey.authorize(request, route, { ipAddress });
      return outcome.kind === 'refused' ? await (await outcome.response()).json() : outcome.kind;
    },
    currentFrom: async (ipAddress: string) =>
      (
        await site.valetkey.fetch(
          new Request('https://forum.example/user-api-key/current.json', headers(made.key)),
          { ipAddress },
        )
      )?.json(),
  };
}

describe('verify: a key with an IP address list', () => {
  const site = () => createSite();

  test('is accepted from these addresses and rejected from all others, with the address that the site saw', async () => {
    const it = await site();
    expect(it.made.allowed_addresses).toEqual(['192.0.2.0/28', '2001:db8::/32']);
    for (const ipAddress of [HOME, '::ffff:192.0.2.1', '2001:db8::77'])
      expect(await it.useFrom(ipAddress)).toBe('key');
    for (const ipAddress of [ELSEWHERE, '192.0.2.16', '::1', '', 'unknown'])
      expect(await it.useFrom(ipAddress), ipAddress).toMatchObject({
        code: 'address_not_allowed',
        address: ipAddress,
      });
    expect(await it.currentFrom(ELSEWHERE)).toMatchObject({ code: 'address_not_allowed' });
    expect(await it.currentFrom(HOME)).toMatchObject({ application_name: 'Backup script' });
  });

  test('stolen and used elsewhere neither uses up the limit nor updates last-used, and reveals no scope', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_user_api_reqs_per_minute', 2);
    for (let count = 0; count < 5; count += 1) {
      const refusal = await it.useFrom(ELSEWHERE, it.made.key, { name: 'posts#create' });
      expect(refusal).toMatchObject({ code: 'address_not_allowed' });
      expect(JSON.stringify(refusal)).not.toMatch(/scope|192\.0\.2/);
    }
    expect((await it.valetkey.keysOf('id-alice'))[0]?.lastUsedAt).toBeNull();
    expect(await it.useFrom(HOME)).toBe('key');
    expect(await it.useFrom(HOME)).toBe('key');
    expect(await it.useFrom(HOME)).toMatchObject({ code: 'rate_limited' });
    expect(await it.useFrom(ELSEWHERE)).toMatchObject({ code: 'address_not_allowed' });
  });

  test('is rejected as revoked before its IP address is checked', async () => {
    const it = await site();
    await it.post('/user-api-key/revoke', { id: String(it.made.id) }, 'alice');
    expect(await it.useFrom(ELSEWHERE)).toMatchObject({ code: 'key_revoked' });
  });

  test('can revoke itself from any IP address', async () => {
    const it = await site();
    const request = new Request('https://forum.example/user-api-key/revoke', {
      method: 'POST',
      headers: { 'User-Api-Key': it.made.key },
    });
    expect((await it.valetkey.fetch(request, { ipAddress: ELSEWHERE }))?.status).toBe(200);
    expect(await it.useFrom(HOME)).toMatchObject({ code: 'key_revoked' });
  });

  test('copies its list to the new key when it is rotated', async () => {
    const it = await site();
    const rotated = await it.post(
      '/user-api-key/rotate.json',
      { id: String(it.made.id), allowed_addresses: '' },
      'alice',
    );
    const { key } = (await rotated.json()) as Made;
    expect(key.allowed_addresses).toEqual(it.made.allowed_addresses);
    expect(await it.useFrom(HOME, key.key)).toBe('key');
    expect(await it.useFrom(ELSEWHERE, key.key)).toMatchObject({ code: 'address_not_allowed' });
  });

  test('shows its list on the apps page', async () => {
    const it = await site();
    const apps = () =>
      it.get('/u/alice/preferences/apps', { cookie: 'session=alice' }).then((page) => page.text());
    expect(await apps()).toContain('<dd>192.0.2.0/28, 2001:db8::/32</dd>');
  });

  test('a key without a list is accepted from any IP address', async () => {
    const it = await site();
    const { key } = (await (await it.make({ allowed_addresses: '' })).json()) as Made;
    expect(key.allowed_addresses).toBeNull();
    for (const ipAddress of [HOME, ELSEWHERE, '']) expect(await it.useFrom(ipAddress, key.key)).toBe('key');
  });
});

test('POST personal key: the form accepts a list, and shows the IP address of the user', async () => {
  const it = await createSite();
  const form = await (await it.get(NEW, { cookie: 'session=alice' })).text();
  expect(form).toContain('name="allowed_addresses"');
  expect(form).toContain(`<bdi>${HOME}</bdi>`);
});

test('POST personal key: names an invalid entry, escaped, and creates no key', async () => {
  const it = await createSite();
  const refused = await it.make({ allowed_addresses: '10.0.0.5/8' });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'address_list_invalid', entry: '10.0.0.5/8' });
  const hostile = '<img/src=x/onerror=alert(1)>';
  const page = await it.post(NEW, { ...wanted, allowed_addresses: hostile }, 'alice');
  expect(page.status).toBe(400);
  expect(await page.text()).not.toContain('<img');
  expect(await it.valetkey.keysOf('id-alice')).toHaveLength(1);
});
