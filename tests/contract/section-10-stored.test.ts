import type { Store } from '@valetkey/server';
import { ask, open, query } from '@valetkey/test-support/app-request';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openOneTimePassword } from './open-one-time-password.ts';
import { ALICE_ID, describeContract, json, type RunningForum } from './running-forum.ts';

const NONCE = 'a-nonce-that-nobody-else-has';
const WISH = { key: { description: 'Export', username: null, scope_mode: 'global' } };

/** Makes one of everything that is a secret, uses and misuses it, and says what the secrets were. */
async function useEverything(forum: RunningForum): Promise<Record<string, string>> {
  await forum.set('allowed_user_api_auth_redirects', 'https://app.example/cb');
  const [alice, admin] = [await forum.browserOf('alice'), await forum.browserOf('admin')];
  const request = ask({ nonce: NONCE, scopes: 'read,one_time_password', padding: 'oaep' });
  const address = `/user-api-key/new${query(request)}`;
  expect((await forum.send(address)).status).toBe(302);
  expect((await alice.get(address)).status).toBe(200);
  const called = (await alice.submit('/user-api-key', request)).headers.get('location') ?? '';
  const payload = new URL(called).searchParams.get('payload') ?? '';
  const { key } = open(payload, 'oaep');
  const password = openOneTimePassword(called, 'oaep');
  const { urls } = await json(alice.send('POST', '/calendar-subscriptions.json'));
  const urlKey = new URL(urls.bookmarks).searchParams.get('user_api_key') ?? '';
  const adminKey = (await json(admin.send('POST', '/admin/api/keys.json', WISH))).key.key;
  expect([key, password, urlKey].every((secret) => /^[0-9a-f]{32}$/.test(secret))).toBe(true);

  expect((await fetch(urls.bookmarks)).status).toBe(200);
  expect((await forum.call(key, '/latest.json')).status).toBe(200);
  const asAdmin = { headers: { 'Api-Key': adminKey, 'Api-Username': 'alice' } };
  expect((await forum.send('/latest.json', asAdmin)).status).toBe(200);
  for (const presented of [payload, adminKey, urlKey]) await forum.call(presented, '/latest.json');
  for (const path of ['/no/such/route', '/latest.json', '/u/alice/bookmarks.ics'])
    await forum.send(`${path}?user_api_key=${key}&payload=${encodeURIComponent(payload)}`);
  expect((await forum.send(`/session/otp/${password}`)).status).toBe(200);
  await forum.send(`/session/otp/${password}`, { method: 'POST' });
  const someone = forum.newBrowser();
  await someone.fetchCsrfToken();
  expect((await someone.submit(`/session/otp/${password}`, {})).status).toBe(303);
  await forum.call(key, '/user-api-key/revoke', 'POST');
  return { key, payload, password, urlKey, adminKey, nonce: NONCE };
}

/** Everything that is ever handed to the store, as text. */
function listenTo(store: Store): () => string {
  const spies = Object.entries(store)
    .filter(([, method]) => typeof method === 'function')
    .map(([name]) => vi.spyOn(store, name as 'findKey'));
  return () =>
    JSON.stringify(
      spies.map(({ mock }) => mock.calls),
      (_key, value) => (value instanceof Map ? [...value] : value),
    );
}

/** Everything that is written to the program's output. */
function listenToOutput(): () => string {
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'));
  const logs = (['debug', 'error', 'info', 'log', 'warn'] as const).map((name) => vi.spyOn(console, name));
  const spies = [...streams, ...logs];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return () => spies.flatMap(({ mock }) => mock.calls.flat().map(String)).join('\n');
}

describeContract('section 10, what the site stores', (start) => {
  test('only a SHA-256 of a key: no key, payload, one-time password or nonce reaches a table', async () => {
    const forum = await start();
    const stored = listenTo(forum.store);
    const secrets = await useEverything(forum);
    // What the audit says is made within the store, so it is looked up and not listened to.
    const events = await forum.store.listAuditEvents({ beforeId: null, limit: 99 });
    const text = stored() + JSON.stringify(events);
    expect(text).toContain('key_approved');
    expect(text).toMatch(/"keyHash":"[0-9a-f]{64}"/);
    for (const [name, secret] of Object.entries(secrets)) {
      const found = text.includes(secret) || text.includes(encodeURIComponent(secret));
      expect([name, found]).toEqual([name, false]);
    }
  });

  test('what is stored of a key opens nothing', async () => {
    const forum = await start();
    await forum.issueKey('alice', 'read');
    const [record] = await forum.store.listKeys(ALICE_ID);
    const hash = record?.keyHash ?? '';
    for (const guess of [hash, hash.slice(0, 32), hash.slice(32)])
      expect((await forum.call(guess, '/latest.json')).status).toBe(403);
  });

  test('no log has any of them: nothing is written at all, query strings least of all', async () => {
    const forum = await start();
    const output = listenToOutput();
    await useEverything(forum);
    expect(output()).toBe('');
  });

  test('no audit entry and no page shows any of them again', async () => {
    const forum = await start();
    const secrets = await useEverything(forum);
    const [alice, admin] = [await forum.browserOf('alice'), await forum.browserOf('admin')];
    const answers = [
      alice.get('/u/alice.json'),
      alice.get('/u/alice/preferences/apps'),
      alice.get('/u/alice/preferences/feeds'),
      alice.get('/calendar-subscriptions.json'),
      admin.get('/admin/user-api-key-audit.json'),
      admin.get('/admin/user-api-key-audit'),
      admin.get('/admin/api/keys.json'),
      admin.get('/admin/site_settings.json'),
    ];
    for (const answer of await Promise.all(answers)) {
      expect(answer.status).toBe(200);
      const text = await answer.text();
      for (const [name, secret] of Object.entries(secrets))
        expect([name, text.includes(secret)]).toEqual([name, false]);
    }
  });
});
