import { generateKeyPairSync } from 'node:crypto';
import { ask, open } from '@valetkey/test-support/app-request';
import { expect, test } from 'vitest';
import { describeContract, json, type RunningForum, refusal } from './running-forum.ts';

const CLIENT = '/user-api-key-client';
const DAY_MS = 86_400_000;
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER_KEY = publicKey.export({ type: 'spki', format: 'pem' }).toString();

const register = (forum: RunningForum, changes: Record<string, string | null> = {}) =>
  forum.send(`${CLIENT}.json`, {
    method: 'POST',
    body: new URLSearchParams(ask({ nonce: null, client_id: 'plum', ...changes })),
  });

const statusOf = async (forum: RunningForum, id: string, method = 'GET') =>
  (await forum.send(`${CLIENT}?client_id=${id}`, { method })).status;

describeContract('section 9, registered clients', (start) => {
  async function openForum() {
    const forum = await start();
    await forum.set('allow_user_api_key_client_scopes', 'read|push');
    await forum.set('allowed_user_api_auth_redirects', 'https://app.example/cb');
    return forum;
  }

  test.each(['GET', 'HEAD'])(
    '%s ?client_id= → 200 if registered with a redirect, else 400',
    async (method) => {
      const forum = await openForum();
      expect(await statusOf(forum, 'plum', method)).toBe(400);
      const registered = await register(forum);
      expect([registered.status, await json(registered)]).toEqual([200, { success: 'OK' }]);
      expect(await statusOf(forum, 'plum', method)).toBe(200);
      for (const id of ['', 'plu', 'PLUM', 'plum%00'])
        expect([id, await statusOf(forum, id, method)]).toEqual([id, 400]);
      expect((await forum.send(CLIENT, { method })).status).toBe(400);
    },
  );

  test.each(['client_id', 'application_name', 'public_key', 'auth_redirect', 'scopes'])(
    'POST without %s → 400, the parameter named',
    async (parameter) => {
      const forum = await openForum();
      const answer = await register(forum, { [parameter]: null });
      expect(answer.status).toBe(400);
      expect(await json(answer)).toMatchObject({ code: 'parameter_missing', parameter });
      expect(await statusOf(forum, 'plum')).toBe(400);
    },
  );

  test('scopes outside the site’s list, which is empty by default, → 403', async () => {
    const forum = await openForum();
    expect(await refusal(register(forum, { scopes: 'read,write' }))).toBe('403 scope_not_allowed');
    await forum.set('allow_user_api_key_client_scopes', '');
    expect(await refusal(register(forum))).toBe('403 scope_not_allowed');
    expect(await statusOf(forum, 'plum')).toBe(400);
    const untouched = await start();
    expect(await refusal(register(untouched))).toBe('403 scope_not_allowed');
  });

  test('already registered → 403, and the first stays what it is', async () => {
    const forum = await openForum();
    await register(forum);
    const before = await forum.store.findClient('plum');
    const again = register(forum, { public_key: OTHER_KEY, application_name: 'Taken over' });
    expect(await refusal(again)).toBe('403 client_already_registered');
    expect(await forum.store.findClient('plum')).toEqual(before);
  });

  test('more than one a day from one address → 429', async () => {
    const forum = await openForum();
    expect((await register(forum)).status).toBe(200);
    const answer = await register(forum, { client_id: 'second' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '86400']);
    expect(await statusOf(forum, 'second')).toBe(400);
    forum.advance(DAY_MS);
    expect((await register(forum, { client_id: 'second' })).status).toBe(200);
  });

  test('the limit is the setting’s, and two at the same instant do not both slip through', async () => {
    const forum = await openForum();
    await forum.set('user_api_key_clients_create_per_day', 2);
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(ids.map((client_id) => register(forum, { client_id })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429, 429, 429]);
  });

  test('…except from addresses that may do more', async () => {
    const forum = await openForum();
    await forum.set('create_user_api_key_client_ip_rate_limit_override_ips', '192.0.2.1|127.0.0.1');
    for (const client_id of ['a', 'b', 'c']) expect((await register(forum, { client_id })).status).toBe(200);
    await forum.set('create_user_api_key_client_ip_rate_limit_override_ips', '192.0.2.1');
    expect((await register(forum, { client_id: 'd' })).status).toBe(429);
  });

  test.each<[string, number, Record<string, string>]>([
    ['redirect_not_allowed', 403, { auth_redirect: 'https://evil.example/cb' }],
    ['public_key_unreadable', 400, { public_key: 'no key' }],
    ['parameter_missing', 400, { scopes: '' }],
  ])('what could never be used is refused: %s %i', async (code, status, changes) => {
    const forum = await openForum();
    expect(await refusal(register(forum, changes))).toBe(`${status} ${code}`);
    expect(await statusOf(forum, 'plum')).toBe(400);
  });

  test('each installation registers itself, and its users just connect: no name, no key to send', async () => {
    const forum = await openForum();
    await register(forum);
    const alice = await forum.browserOf('alice');
    const short = {
      client_id: 'plum',
      nonce: 'a-nonce',
      scopes: 'read',
      auth_redirect: 'https://app.example/cb',
    };
    const { redirect_url } = await json(alice.send('POST', '/user-api-key.json', short));
    const { key, nonce } = open(new URL(redirect_url).searchParams.get('payload') ?? '');
    expect(nonce).toBe('a-nonce');
    const current = await json(forum.call(key, '/user-api-key/current.json'));
    expect(current).toMatchObject({ application_name: 'Plum Reader', client_id: 'plum', scopes: ['read'] });
    const renamed = { ...short, public_key: OTHER_KEY };
    expect(await refusal(alice.send('POST', '/user-api-key.json', renamed))).toBe(
      '403 client_public_key_mismatch',
    );
  });
});
