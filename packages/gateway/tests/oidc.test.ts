import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { keyRequest, open, query } from '@valetkey/test-support/app-request';
import { readForm } from '@valetkey/test-support/page-form';
import { findFreePort } from '@valetkey/test-support/postgres/postgres-process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { startProvider, type TestProvider } from './support/start-provider.ts';
import { type Service, startService } from './support/start-service.ts';
import { createVisitor, type Visitor } from './support/visitor.ts';

const closing: { close(): Promise<void> }[] = [];
let service: Service;
let site: GatewaySite;
let url: string;
let skew = 0;
const errors: string[] = [];

beforeEach(async () => {
  url = `http://127.0.0.1:${await findFreePort()}`;
  service = await startService();
  closing.push(service);
});
afterEach(async () => {
  skew = 0;
  errors.splice(0);
  for (const each of closing.splice(0).reverse()) await each.close();
});

async function startSite(oidc: string, clientSecret: string): Promise<void> {
  const text = configFor(service.url)
    .replace('http://wiki.example', url)
    .replace('127.0.0.1:0', new URL(url).host)
    .replace(/ask: .*/, `oidc: { client_secret_env: SECRET, ${oidc} }`);
  const options = {
    now: () => Date.now() + skew,
    reportError: (error: unknown) => void errors.push(String(error)),
  };
  site = await startGatewaySite(text, options, { SECRET: clientSecret });
  closing.push(site);
}

let provider: TestProvider;
async function startAtProvider(more = ''): Promise<void> {
  provider = await startProvider(`${url}/valetkey/sign-in/callback`);
  closing.push(provider);
  await startSite(
    `issuer: '${provider.issuer}', client_id: wiki, scopes: [openid, profile, groups]${more}`,
    'provider-secret-of-the-wiki',
  );
}

/** Approves an app with the browser of a visitor; returns the key. */
async function approve(visitor: Visitor): Promise<string> {
  const request = query(keyRequest({ scopes: 'notes_read', auth_redirect: null }));
  const page = await visitor.open(`${url}/user-api-key/new${request}`);
  const body = new URLSearchParams(readForm(await page.text(), '/user-api-key'));
  const headers = { accept: 'application/json' };
  const response = await visitor.send(`${url}/user-api-key.json`, { method: 'POST', body, headers });
  return open(((await response.json()) as { payload: string }).payload).key;
}

const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
];

describe('accounts of oidc-provider', () => {
  test('a visitor signs in, returns to the page, and gets a key for this account', async () => {
    await startAtProvider();
    const visitor = createVisitor();
    const page = await visitor.open(`${url}/valetkey/apps?lang=en`);
    expect([page.status, page.url]).toEqual([200, `${url}/valetkey/apps?lang=en`]);
    const key = await approve(visitor);
    expect((await site.get('/api/notes', key)).status).toBe(200);
    expect(service.received.at(-1)?.headers).toMatchObject({
      'x-valetkey-user': 'alice',
      'x-valetkey-user-id': 'sub-alice',
    });
    expect(visitor.cookies(url)).not.toMatch(/alice|sub-/);
  });

  test('a value of a claim makes an admin', async () => {
    await startAtProvider(', admin: { claim: groups, value: wiki-admins }');
    const openAdmin = async (groups: string[]) => {
      provider.person = { name: 'bob', groups };
      return (await createVisitor().open(`${url}/valetkey/admin/user-api-keys`)).status;
    };
    expect(await openAdmin(['wiki-admins', 'others'])).toBe(200);
    expect(await openAdmin(['others', 'wiki-admins-2'])).not.toBe(200);
  });

  test('a sign-out ends the session, also for a copy of its cookie, and continues at the provider', async () => {
    await startAtProvider();
    const visitor = createVisitor();
    await visitor.open(`${url}/valetkey/apps`);
    const cookie = visitor.cookies(url);
    const open = () => fetch(`${url}/valetkey/apps`, { headers: { cookie }, redirect: 'manual' });
    const page = await visitor.send(`${url}/valetkey/sign-out`);
    const text = await page.text();
    expect(text).toContain('Do you want to sign out of <bdi>Plum Wiki</bdi>?');
    expect((await open()).status).toBe(200);
    const body = new URLSearchParams(readForm(text, '/valetkey/sign-out'));
    const left = await visitor.send(`${url}/valetkey/sign-out`, { method: 'POST', body });
    expect([left.status, left.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(`^${provider.issuer}/session/end[?]`),
    ]);
    expect(visitor.cookies(url)).not.toContain('valetkey_session=');
    expect((await open()).status).toBe(302);
    expect(await (await visitor.send(`${url}/valetkey/sign-out`)).text()).toContain('You are signed out');
  });

  test('an older sign-in than max_age does not count', async () => {
    await startAtProvider(', max_age: 60');
    const visitor = createVisitor();
    expect((await visitor.open(`${url}/valetkey/apps`)).status).toBe(200);
    skew = 62_000;
    const again = await visitor.send(`${url}/valetkey/apps`);
    const start = await visitor.send(new URL(again.headers.get('location') ?? '', url).href);
    expect(new URL(start.headers.get('location') ?? '').searchParams.get('max_age')).toBe('60');
  });

  test('a session ends after session_seconds', async () => {
    await startAtProvider(', session_seconds: 60');
    const visitor = createVisitor();
    await visitor.open(`${url}/valetkey/apps`);
    expect((await visitor.send(`${url}/valetkey/apps`)).status).toBe(200);
    skew = 62_000;
    expect((await visitor.send(`${url}/valetkey/apps`)).status).toBe(302);
  });
});

describe('attacks on a sign-in', () => {
  /** Starts a sign-in and returns the callback with its code, not opened yet. */
  async function stopAtCallback(visitor: Visitor): Promise<string> {
    let at = `${url}/valetkey/sign-in?return_to=/valetkey/apps`;
    while (!at.startsWith(`${url}/valetkey/sign-in/callback`)) {
      at = new URL((await visitor.send(at)).headers.get('location') ?? '', at).href;
    }
    return at;
  }

  test('a callback of another browser, without its cookie or with the cookie of another sign-in, is refused', async () => {
    await startAtProvider();
    const callback = await stopAtCallback(createVisitor());
    expect(await codeOf(await createVisitor().send(callback))).toEqual([400, 'sign_in_failed']);
    const victim = createVisitor();
    await stopAtCallback(victim);
    expect(await codeOf(await victim.send(callback))).toEqual([400, 'sign_in_failed']);
    expect(victim.cookies(url)).not.toContain('valetkey_session=');
  });

  test('a code is used once, and a cookie of a sign-in is no session', async () => {
    await startAtProvider();
    const visitor = createVisitor();
    const callback = await stopAtCallback(visitor);
    const started = visitor.cookies(url);
    const headers = { cookie: started };
    expect((await fetch(callback, { headers, redirect: 'manual' })).status).toBe(303);
    expect((await fetch(callback, { headers, redirect: 'manual' })).status).toBe(400);
    const forged = started.replace('valetkey_sign_in', 'valetkey_session');
    const page = await fetch(`${url}/valetkey/apps`, { headers: { cookie: forged }, redirect: 'manual' });
    expect(page.status).toBe(302);
    expect(errors.join()).not.toContain(new URL(callback).searchParams.get('code'));
  });

  test.each([
    '//evil.example/x',
    '/.//evil.example/x',
    '/a/..//evil.example/x',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
  ])('a link to the sign-in with return_to=%s leads to no other site', async (returnTo) => {
    await startAtProvider();
    const visitor = createVisitor();
    const page = await visitor.open(`${url}/valetkey/sign-in?return_to=${encodeURIComponent(returnTo)}`);
    expect(page.url).toBe(`${url}/`);
  });

  test('another site cannot sign people out: by a link, an image, or a form without the token of the session', async () => {
    await startAtProvider();
    const [victim, attacker] = [createVisitor(), createVisitor()];
    for (const visitor of [victim, attacker]) await visitor.open(`${url}/valetkey/apps`);
    const signOut = `${url}/valetkey/sign-out`;
    const stolen = readForm(await (await attacker.send(signOut)).text(), '/valetkey/sign-out');
    const before = victim.cookies(url);
    // Browsers that send no Sec-Fetch-Site, and every value that they can send.
    for (const site of [undefined, 'none', 'same-origin', 'same-site', 'cross-site']) {
      const headers = { accept: 'application/json', ...(site && { 'sec-fetch-site': site }) };
      expect((await victim.send(signOut, { headers })).status).toBe(200);
      for (const fields of [{}, stolen]) {
        const body = new URLSearchParams(fields);
        const posted = await victim.send(signOut, { method: 'POST', headers, body });
        expect(await codeOf(posted)).toEqual([403, 'csrf_invalid']);
        // A form of another site comes without cookies; its response must not replace those of the browser.
        const without = await fetch(signOut, { method: 'POST', body, redirect: 'manual' });
        expect(without.headers.getSetCookie()).toEqual([]);
      }
    }
    const query = await victim.send(`${signOut}?${new URLSearchParams(stolen)}`);
    expect([query.status, victim.cookies(url)]).toEqual([200, before]);
    expect((await victim.send(`${url}/valetkey/apps`)).status).toBe(200);
  });

  test('a provider that is down: 502', async () => {
    await startSite("issuer: 'http://127.0.0.1:1', client_id: wiki", 'x');
    const response = await createVisitor().open(`${url}/valetkey/apps`);
    expect(await codeOf(response)).toEqual([502, 'accounts_unavailable']);
  });
});

test('accounts of the demo forum: a visitor approves the sign-in there, and gets a key here', async () => {
  const forum: TestSite = await startTestSite();
  closing.push(forum);
  const registered = await forum.user('admin').send('POST', '/admin/oauth-clients.json', {
    name: 'Plum Wiki',
    redirect_uris: `${url}/valetkey/sign-in/callback`,
    kind: 'confidential',
  });
  const { client } = (await registered.json()) as { client: { client_id: string; client_secret: string } };
  await startSite(
    `issuer: '${forum.url}', client_id: '${client.client_id}', admin: { claim: groups, value: admins }`,
    client.client_secret,
  );
  const visitor = createVisitor();
  const start = await visitor.send(`${url}/valetkey/sign-in?return_to=/valetkey/apps`);
  const { pathname, search } = new URL(start.headers.get('location') ?? '');
  const alice = forum.user('alice');
  const consent = await (await alice.send('GET', pathname + search)).text();
  const approved = await alice.send('POST', '/oauth/consent', readForm(consent, '/oauth/consent'));
  const page = await visitor.open(approved.headers.get('location') ?? '');
  expect([page.status, page.url]).toEqual([200, `${url}/valetkey/apps`]);
  const key = await approve(visitor);
  await site.get('/api/notes', key);
  expect(service.received.at(-1)?.headers).toMatchObject({ 'x-valetkey-user': 'alice' });
});
