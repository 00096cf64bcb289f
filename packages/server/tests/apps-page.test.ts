import { expect, test } from 'vitest';
import { createTestSite } from './harness.ts';

const PATH = '/u/alice/preferences/apps';
const alice = { cookie: 'session=alice' };

test('lists every live key with what it may do, since when, and when it was last used from where', async () => {
  const site = await createTestSite();
  const { key } = await site.approve({
    application_name: 'Plum Reader',
    scopes: 'read,push',
    expires_in_seconds: '172800',
  });
  site.advance(86_400_000);
  await site.guard(
    key,
    { name: 'list#latest' },
    { headers: { 'User-Api-Key': key, 'User-Agent': 'plum/1.0' } },
  );
  const page = (await (await site.get(PATH, alice)).text()).replace(/\s+/g, ' ');
  for (const words of [
    'Plum Reader',
    'Read everything you can read',
    '23 November 2026',
    'today, from <bdi>192.0.2.1</bdi> with <bdi>plum/1.0</bdi>',
    '25 November 2026 at 12:00 UTC',
  ]) {
    expect(page).toContain(words);
  }
});

test('a key that was revoked can be brought back from the page, one that was replaced or has expired cannot', async () => {
  const site = await createTestSite();
  await site.approve({ application_name: 'Replaced' });
  await site.approve({ application_name: 'Revoked by hand' });
  await site.approve({ application_name: 'Short-lived', client_id: 'c2', expires_in_seconds: '60' });
  const revoke = async (name: string) => {
    const id = (await site.valetkey.keysOf('id-alice')).find((key) => key.applicationName === name)?.id;
    await site.post('/user-api-key/revoke', { id: String(id) }, 'alice');
  };
  await revoke('Revoked by hand');
  await revoke('Short-lived');
  site.advance(61_000);
  await site.approve({ application_name: 'Came again', client_id: 'c3' });
  await revoke('Came again');
  await site.approve({ application_name: 'Came again', client_id: 'c3' });
  const page = await (await site.get(PATH, alice)).text();
  expect(page).toContain('aria-label="Undo Revoked by hand"');
  expect(page).not.toContain('Replaced');
  expect(page).not.toContain('Short-lived');
  expect(page).not.toContain('aria-label="Undo Came again"');
  site.advance(7 * 86_400_000);
  expect(await (await site.get(PATH, alice)).text()).not.toContain('Undo');
});

test('is for its person alone, with a browser', async () => {
  const site = await createTestSite();
  const { key } = await site.approve({ scopes: 'write' });
  expect((await site.get(PATH)).headers.get('location')).toBe(`/login?return_to=${encodeURIComponent(PATH)}`);
  expect((await site.get(PATH, { cookie: 'session=bob' })).status).toBe(403);
  expect((await site.get(PATH, { cookie: 'session=admin' })).status).toBe(403);
  expect((await site.get(PATH, { ...alice, 'User-Api-Key': key })).status).toBe(403);
  expect((await site.get('/u/%E0%A4%A/preferences/apps', alice)).status).toBe(403);
});

test('escapes hostile names, addresses and user agents', async () => {
  const site = await createTestSite();
  const hostile = '<img src=x onerror=alert(1)>';
  const { key } = await site.approve({ application_name: hostile });
  await site.guard(key, { name: 'list#latest' }, { headers: { 'User-Api-Key': key, 'User-Agent': hostile } });
  expect(await (await site.get(PATH, alice)).text()).not.toContain('<img');
});
