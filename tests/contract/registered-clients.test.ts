import { generateKeyPairSync } from 'node:crypto';
import { keyRequest, open } from '@valetkey/test-support/app-request';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test as contractTest } from './target/contract-test.ts';

const CLIENT = '/user-api-key-client';
const DAY_MS = 86_400_000;
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER_KEY = publicKey.export({ type: 'spki', format: 'pem' }).toString();

const register = (site: ContractSite, changes: Record<string, string | null> = {}) =>
  site.send(`${CLIENT}.json`, {
    method: 'POST',
    body: new URLSearchParams(keyRequest({ nonce: null, client_id: 'plum', ...changes })),
  });

const statusOf = async (site: ContractSite, id: string, method = 'GET') =>
  (await site.send(`${CLIENT}?client_id=${id}`, { method })).status;

/** Clients may register for `read` and `push`. Registrations are limited by IP address, so each test needs a fresh site. */
const test = contractTest.extend<{ site: ContractSite }>({
  site: async ({ freshSite, settings }, use) => {
    await settings.set('allow_user_api_key_client_scopes', 'read|push');
    await settings.set('allowed_user_api_auth_redirects', 'https://app.example/cb');
    await use(freshSite);
  },
});

/** Returns what the admin sees of a registered client. */
async function findClient(site: ContractSite, id: string) {
  const admin = await site.browserOf('admin');
  const { clients } = await json(admin.get('/admin/user-api-key-clients.json'));
  return clients.find(({ client_id }: { client_id: string }) => client_id === id);
}

contractTest('POST /user-api-key-client: no scope is allowed by default (403)', async ({ freshSite }) => {
  expect(await refusalOf(register(freshSite))).toBe('403 scope_not_allowed');
});

describe('registered clients', () => {
  test.for(['GET', 'HEAD'])(
    '%s /user-api-key-client: 200 for a client that is registered with a redirect, else 400',
    async (method, { site }) => {
      expect(await statusOf(site, 'plum', method)).toBe(400);
      const registered = await register(site);
      expect([registered.status, await json(registered)]).toEqual([
        200,
        { success: 'OK', redirect_allowed: true },
      ]);
      expect(await statusOf(site, 'plum', method)).toBe(200);
      for (const id of ['', 'plu', 'PLUM', 'plum%00'])
        expect([id, await statusOf(site, id, method)]).toEqual([id, 400]);
      expect((await site.send(CLIENT, { method })).status).toBe(400);
    },
  );

  test.for(['client_id', 'application_name', 'public_key', 'auth_redirect', 'scopes'])(
    'POST /user-api-key-client without %s: 400 parameter_missing, with the parameter',
    async (parameter, { site }) => {
      const answer = await register(site, { [parameter]: null });
      expect(answer.status).toBe(400);
      expect(await json(answer)).toMatchObject({ code: 'parameter_missing', parameter });
      expect(await statusOf(site, 'plum')).toBe(400);
    },
  );

  test('POST /user-api-key-client: rejects scopes outside allow_user_api_key_client_scopes (403)', async ({
    site,
    settings,
  }) => {
    expect(await refusalOf(register(site, { scopes: 'read,write' }))).toBe('403 scope_not_allowed');
    await settings.set('allow_user_api_key_client_scopes', '');
    expect(await refusalOf(register(site))).toBe('403 scope_not_allowed');
    expect(await statusOf(site, 'plum')).toBe(400);
  });

  test('POST /user-api-key-client: a registered id is 403 client_already_registered and stays unchanged', async ({
    site,
  }) => {
    await register(site);
    const before = await findClient(site, 'plum');
    expect(before).toMatchObject({ application_name: 'Plum Reader' });
    const again = register(site, { public_key: OTHER_KEY, application_name: 'Taken over' });
    expect(await refusalOf(again)).toBe('403 client_already_registered');
    expect(await findClient(site, 'plum')).toEqual(before);
  });

  test('POST /user-api-key-client: a second registration in a day from one IP address is 429', async ({
    site,
    clock,
  }) => {
    expect((await register(site)).status).toBe(200);
    const answer = await register(site, { client_id: 'second' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '86400']);
    expect(await statusOf(site, 'second')).toBe(400);
    clock.advance(DAY_MS);
    expect((await register(site, { client_id: 'second' })).status).toBe(200);
  });

  test('POST /user-api-key-client: user_api_key_clients_create_per_day holds for requests at once', async ({
    site,
    settings,
  }) => {
    await settings.set('user_api_key_clients_create_per_day', 2);
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(ids.map((client_id) => register(site, { client_id })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429, 429, 429]);
  });

  test('POST /user-api-key-client: listed IP addresses are not limited', async ({ site, settings }) => {
    await settings.set('create_user_api_key_client_ip_rate_limit_override_ips', '192.0.2.1|127.0.0.1');
    for (const client_id of ['a', 'b', 'c']) expect((await register(site, { client_id })).status).toBe(200);
    await settings.set('create_user_api_key_client_ip_rate_limit_override_ips', '192.0.2.1');
    expect((await register(site, { client_id: 'd' })).status).toBe(429);
  });

  test.for<[string, number, Record<string, string>]>([
    ['redirect_not_allowed', 403, { auth_redirect: 'javascript://app.example/%0aalert(1)' }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://app.example@evil.example/cb' }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://аpp.example/cb' }],
    ['redirect_not_allowed', 403, { auth_redirect: 'https://app.example/cb\\n*' }],
    ['redirect_missing_host', 403, { auth_redirect: '*' }],
    ['public_key_unreadable', 400, { public_key: 'no key' }],
    ['parameter_missing', 400, { scopes: '' }],
  ])(
    'POST /user-api-key-client: rejects with %s (%i) and registers nothing',
    async ([code, status, changes], { site }) => {
      expect(await refusalOf(register(site, changes))).toBe(`${status} ${code}`);
      expect(await statusOf(site, 'plum')).toBe(400);
    },
  );

  test('POST /user-api-key-client: registers a redirect that is not on the list; the list still decides each request', async ({
    site,
  }) => {
    const auth_redirect = 'https://other.example/cb';
    const answer = await register(site, { auth_redirect });
    expect([answer.status, await json(answer)]).toEqual([200, { success: 'OK', redirect_allowed: false }]);
    expect(await findClient(site, 'plum')).toMatchObject({ auth_redirect, redirect_allowed: false });
    const [admin, alice] = [await site.browserOf('admin'), await site.browserOf('alice')];
    const listed = async () => {
      const { site_settings } = await json(admin.get('/admin/site_settings.json'));
      return site_settings.find(
        ({ setting }: { setting: string }) => setting === 'allowed_user_api_auth_redirects',
      ).value;
    };
    const request = { client_id: 'plum', nonce: 'n', scopes: 'read', auth_redirect };
    const send = () => alice.send('POST', '/user-api-key.json', request);
    expect(await refusalOf(send())).toBe('403 redirect_not_allowed');
    expect(await listed()).toBe('https://app.example/cb');

    const allow = { client_id: 'plum', auth_redirect };
    const added = await admin.send('POST', '/admin/user-api-key-clients/allow-redirect.json', allow);
    expect([added.status, await json(added)]).toEqual([200, { success: 'OK' }]);
    expect(await listed()).toBe(`https://app.example/cb|${auth_redirect}`);
    expect((await send()).status).toBe(200);
  });

  test('POST /user-api-key for a registered client: needs neither name nor public key; another key is 403', async ({
    site,
  }) => {
    await register(site);
    const alice = await site.browserOf('alice');
    const short = {
      client_id: 'plum',
      nonce: 'a-nonce',
      scopes: 'read',
      auth_redirect: 'https://app.example/cb',
    };
    const { redirect_url } = await json(alice.send('POST', '/user-api-key.json', short));
    const { key, nonce } = open(new URL(redirect_url).searchParams.get('payload') ?? '');
    expect(nonce).toBe('a-nonce');
    const current = await json(site.call(key, '/user-api-key/current.json'));
    expect(current).toMatchObject({ application_name: 'Plum Reader', client_id: 'plum', scopes: ['read'] });
    const renamed = { ...short, public_key: OTHER_KEY };
    expect(await refusalOf(alice.send('POST', '/user-api-key.json', renamed))).toBe(
      '403 client_public_key_mismatch',
    );
  });
});
