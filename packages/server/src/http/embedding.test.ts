import type { Site, SiteUser } from '@valetkey/server';
import { createValetkey } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { createTestSite, csrfOf, keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const URL_OF_APPROVAL = 'https://forum.example/user-api-key.json';
const FORM = 'application/x-www-form-urlencoded';

/** Sends an approval whose body was consumed by a parser. */
async function approveParsed(
  parsedBody: unknown,
  { type = FORM, path = URL_OF_APPROVAL, body = null as BodyInit | null, headers = {} } = {},
) {
  const { valetkey } = await createTestSite();
  const request = new Request(path, {
    method: 'POST',
    body,
    headers: { cookie: 'session=alice', 'content-type': type, 'content-length': '700', ...headers },
  });
  const response = await valetkey.fetch(request, { ipAddress: '192.0.2.1', parsedBody });
  if (!response) throw new Error('Valetkey does not answer this path.');
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code };
}

const values = () => ({ ...keyRequest({ auth_redirect: null }), authenticity_token: csrfOf('alice') });

test.each([
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['::ffff:0:1', '::ffff:0:1'],
])('the IP address %s: is recorded and shown as %s', async (ipAddress, shown) => {
  const { valetkey, approve, get } = await createTestSite();
  const { key } = await approve();
  const request = new Request('https://forum.example/latest', { headers: { 'user-api-key': key } });
  await valetkey.authorize(request, { name: 'list#latest' }, { ipAddress });
  const page = await get('/u/alice/preferences/apps', { cookie: 'session=alice' });
  expect(await page.text()).toContain(`<bdi>${shown}</bdi>`);

  const form = new URLSearchParams({ ...values(), authenticity_token: csrfOf('alice') });
  const headers = { cookie: 'session=alice', 'content-type': FORM };
  const approval = new Request(URL_OF_APPROVAL, { method: 'POST', body: form, headers });
  expect((await valetkey.fetch(approval, { ipAddress }))?.status).toBe(200);
  const audit = await get('/admin/user-api-key-audit', { cookie: 'session=admin' });
  expect(await audit.text()).toContain(`<bdi>${shown}</bdi>`);
});

test('a context without an IP address: an error that names it, on endpoints and routes', async () => {
  const { valetkey, approve } = await createTestSite();
  const { key } = await approve();
  const withoutAddress = {} as { ipAddress: string };
  const page = new Request('https://forum.example/user-api-key/new');
  await expect(valetkey.fetch(page, withoutAddress)).rejects.toThrow('needs ipAddress');
  const request = new Request('https://forum.example/latest', { headers: { 'user-api-key': key } });
  expect(() => valetkey.authorize(request, { name: 'list#latest' }, withoutAddress)).toThrow(
    'needs ipAddress',
  );
});

describe('a body that an earlier parser consumed', () => {
  test('is taken from parsedBody, with its CSRF token', async () => {
    expect(await approveParsed(values())).toMatchObject({ status: 200 });
    const json = { ...keyRequest({ auth_redirect: null }), expires_in_seconds: 60 };
    const headers = { 'x-csrf-token': csrfOf('alice') };
    expect(await approveParsed(json, { type: 'application/json', headers })).toMatchObject({ status: 200 });
  });

  test('parsedBody is ignored if the request’s own body is readable', async () => {
    const own = new URLSearchParams({ ...values(), authenticity_token: csrfOf('bob') });
    expect(await approveParsed(values(), { body: own })).toMatchObject({ code: 'csrf_invalid' });
    const readable = new URLSearchParams(values());
    expect(await approveParsed({}, { body: readable })).toMatchObject({ status: 200 });
  });

  test.each([
    ['a list of two values', { client_id: ['client-1', 'client-2'] }],
    ['an object', { client_id: { a: 'client-1' } }],
    ['a list with an object', { scopes: ['read', { a: 'write' }] }],
    ['two tokens', { authenticity_token: [csrfOf('alice'), csrfOf('bob')] }],
  ])('is rejected if a field of a form is %s', async (_name, changes) => {
    expect(await approveParsed({ ...values(), ...changes })).toMatchObject({ code: 'parameter_invalid' });
  });

  test('may repeat a field with the same value', async () => {
    expect(await approveParsed({ ...values(), client_id: ['client-1', 'client-1'] })).toMatchObject({
      status: 200,
    });
  });

  test('is rejected if it contradicts the query', async () => {
    const path = `${URL_OF_APPROVAL}?scopes=write`;
    expect(await approveParsed(values(), { path })).toMatchObject({ code: 'parameter_invalid' });
  });

  test('cannot set a prototype or inherit a parameter', async () => {
    const polluting = JSON.parse(
      `{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}`,
    );
    const headers = { 'x-csrf-token': csrfOf('alice') };
    const sent = { ...values(), ...polluting };
    Object.defineProperty(sent, '__proto__', { value: { isAdmin: true }, enumerable: true });
    await approveParsed(sent, { type: 'application/json', headers });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    const inherited = Object.create(values()) as object;
    expect(await approveParsed(inherited, { headers })).toMatchObject({ code: 'parameter_missing' });
  });

  test('must have the one media type that the endpoint accepts', async () => {
    const path = 'https://forum.example/user-api-key/device.json';
    expect(await approveParsed(keyRequest(), { path, type: 'text/plain' })).toMatchObject({
      status: 403,
      code: 'body_type_not_allowed',
    });
    expect(
      await approveParsed(keyRequest({ auth_redirect: null }), { path, type: 'application/json' }),
    ).toMatchObject({ status: 200 });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'client_id=client-1'],
    ['bytes', Buffer.from('client_id=client-1')],
    ['a list', [1]],
  ])('is an error that names the cause if parsedBody is %s', async (_name, parsedBody) => {
    expect(await approveParsed(parsedBody)).toMatchObject({ status: 500, code: 'body_already_read' });
  });

  test('is an error if the consumed Request itself is passed', async () => {
    const { valetkey } = await createTestSite();
    const request = new Request(URL_OF_APPROVAL, {
      method: 'POST',
      body: new URLSearchParams(values()),
      headers: { cookie: 'session=alice' },
    });
    await request.text();
    const response = await valetkey.fetch(request, { ipAddress: '192.0.2.1' });
    expect(await response?.json()).toMatchObject({ code: 'body_already_read' });
  });

  test('is empty if none was sent', async () => {
    expect(await approveParsed(undefined, { headers: { 'content-length': '0' } })).toMatchObject({
      code: 'csrf_invalid',
    });
  });
});

describe('Site', () => {
  interface OwnUser extends SiteUser {
    readonly shoeSize: number;
  }
  interface OwnRequest {
    readonly session: { readonly id: string; readonly userId: string } | undefined;
  }
  const carol: OwnUser = {
    id: '7',
    username: 'carol',
    avatarTemplate: null,
    isAdmin: true,
    isStaff: true,
    isSuspended: false,
    groups: ['trust_level_0'],
    shoeSize: 38,
  };
  const site: Site<OwnRequest, OwnUser> = {
    name: 'Plum Forum',
    baseUrl: 'https://forum.example',
    findSession: (_request, { native }) => (native?.session ? { id: native.session.id, user: carol } : null),
    loginUrl: () => '/login',
    findUser: (id) => (id === carol.id ? carol : null),
    findUserByUsername: () => null,
  };
  const OVERVIEW = new Request('https://forum.example/admin/user-api-keys');

  test('findSession: gets the request of the framework', async () => {
    const valetkey = await createValetkey({ site, store: createMemoryStore() });
    const native = { session: { id: 'abc', userId: '7' } };
    const open = (session: OwnRequest) =>
      valetkey.fetch(OVERVIEW, { ipAddress: '192.0.2.1', native: session });
    expect((await open(native))?.status).toBe(200);
    expect((await open({ session: undefined }))?.headers.get('location')).toBe('/login');
    await valetkey.close();
  });

  test('an empty session id: rejected with an explanation, on pages and at approval, and nothing is issued', async () => {
    const valetkey = await createValetkey({ site, store: createMemoryStore() });
    const context = { ipAddress: '192.0.2.1', native: { session: { id: '', userId: '7' } } };
    const approval = new Request(URL_OF_APPROVAL, { method: 'POST', body: new URLSearchParams(values()) });
    await expect(valetkey.fetch(OVERVIEW, context)).rejects.toThrow(/empty id/);
    await expect(valetkey.fetch(approval, context)).rejects.toThrow(/empty id/);
    expect(await valetkey.keysOf('7')).toEqual([]);
    await valetkey.close();
  });

  test('findUsers: called once for a list, and deleted users are shown by their id', async () => {
    const calls: string[][] = [];
    const { valetkey, users, approve, get } = await createTestSite({
      site: {
        findUsers(ids) {
          calls.push([...ids]);
          return [...users.values()].filter(({ id }) => ids.includes(id));
        },
      },
    });
    for (const name of ['alice', 'bob', 'admin']) await approve({}, name);
    users.delete('bob');
    const audit = await get('/admin/user-api-key-audit.json', { cookie: 'session=admin' });
    const { events } = (await audit.json()) as { events: { actor: string }[] };
    expect(events.map(({ actor }) => actor)).toEqual(['admin', 'id-bob', 'alice']);
    expect(calls).toEqual([['id-admin', 'id-bob', 'id-alice']]);
    const page = await (await get('/admin/user-api-key-audit', { cookie: 'session=admin' })).text();
    expect(page).toContain('deleted user (<bdi>id-bob</bdi>)');
    expect(calls).toHaveLength(2);
    await valetkey.close();
  });

  test.each([
    ['en-US', 'en-US'],
    ['en', 'en'],
    ['de', 'de'],
    ['tlh', 'en'],
    ['"><script>', 'en'],
    [null, 'en'],
  ])('locale %s: pages have the language %s', async (asked, lang) => {
    const { get } = await createTestSite({ site: { locale: () => asked } });
    const page = await (await get('/user-api-key/activate', { cookie: 'session=alice' })).text();
    expect(/<html lang="([^"]*)"/.exec(page)?.[1]).toBe(lang);
  });

  test('locale: gets the request and the session', async () => {
    const asked: unknown[] = [];
    const { get } = await createTestSite({
      site: {
        locale(request, session) {
          asked.push([new URL(request.url).pathname, session?.user.username]);
          return null;
        },
      },
    });
    await get('/user-api-key/activate', { cookie: 'session=alice' });
    await get('/user-api-key/new', { cookie: 'session=alice' });
    expect(asked).toEqual([
      ['/user-api-key/activate', 'alice'],
      ['/user-api-key/new', undefined],
    ]);
  });
});
