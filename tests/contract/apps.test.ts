import { json } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const APPS = '/u/alice/preferences/apps';
const PHONE = { 'User-Agent': 'Plum Reader/2.1 (phone)' };

/** Returns the text of the apps page, without tags. */
async function readApps(site: ContractSite): Promise<string> {
  const page = await (await site.browserOf('alice')).get(APPS);
  expect(page.status).toBe(200);
  return (await page.text())
    .replace(/<\/?time[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

/** Submits the first form of the page with this action. */
async function press(site: ContractSite, action: string): Promise<Response> {
  const alice = await site.browserOf('alice');
  const page = await (await alice.get(APPS)).text();
  const form = page.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const id = /name="id" value="(\d+)"/.exec(form)?.[1] ?? 'no such button';
  return alice.submit(action, { id });
}

describe('the apps page', () => {
  test('GET …/preferences/apps: shows application, scopes, approval, expiry and the URL flag of a key', async ({
    site,
    clock,
  }) => {
    clock.advance(1_000);
    await site.issueKey('alice', 'bookmarks_calendar', {
      application_name: 'Plum Calendar',
      expires_in_seconds: '864000',
    });
    const text = await readApps(site);
    for (const part of ['Plum Calendar', 'Read the reminders of your bookmarks', 'bookmarks_calendar'])
      expect(text).toContain(part);
    expect(text).toMatch(/Approved November 23, 2026/);
    expect(text).toMatch(/Last used never/);
    expect(text).toMatch(/Expires December 3, 2026/);
    expect(text).toMatch(/Works in a link yes/);
  });

  test('GET …/preferences/apps: shows when and from where a key was last used', async ({ site, clock }) => {
    const key = await site.issueKey('alice', 'read');
    await site.call(key, '/latest.json', 'GET', { headers: PHONE });
    await site.settle();
    clock.advance(2 * 86_400_000);
    expect(await readApps(site)).toMatch(
      /Last used 2 days ago, from 127\.0\.0\.1 with Plum Reader\/2\.1 \(phone\)/,
    );
  });

  test('GET …/preferences/apps: has buttons that revoke and restore a key', async ({ freshSite: site }) => {
    const key = await site.issueKey('alice', 'read');
    expect((await press(site, '/user-api-key/revoke')).status).toBe(200);
    expect((await site.call(key, '/latest.json')).status).toBe(403);
    expect(await readApps(site)).toMatch(/Revoked in the last 7 days Plum Reader Revoked/);
    expect((await press(site, '/user-api-key/undo-revoke')).status).toBe(200);
    expect((await site.call(key, '/latest.json')).status).toBe(200);
    expect(await readApps(site)).not.toContain('Revoked in the last 7 days');
  });

  test('GET …/preferences/apps: only the session of the same user may see it', async ({ site }) => {
    await site.issueKey('alice', 'read');
    expect((await site.send(APPS)).status).toBe(302);
    for (const username of ['bob', 'admin'])
      expect((await (await site.browserOf(username)).get(APPS)).status).not.toBe(200);
    const key = await site.issueKey('alice', 'write', { client_id: 'other' });
    expect((await site.call(key, APPS)).status).toBe(403);
  });

  test('GET /u/:username.json: lists one’s own active keys, and nobody else’s', async ({ site, clock }) => {
    const alice = await site.browserOf('alice');
    const key = await site.issueKey('alice', 'read,session_info', { client_id: 'live' });
    const revoked = await site.issueKey('alice', 'read', { client_id: 'revoked' });
    await site.issueKey('alice', 'read', { client_id: 'expired', expires_in_seconds: '60' });
    await site.call(revoked, '/user-api-key/revoke', 'POST');
    clock.advance(60_000);
    await site.call(key, '/session/current.json');
    await site.settle();
    const { user } = await json(alice.get('/u/alice.json'));
    expect(user.user_api_keys).toEqual([
      {
        id: expect.any(Number),
        application_name: 'Plum Reader',
        scopes: ['read', 'session_info'],
        created_at: '2026-11-23T12:00:00.000Z',
        last_used_at: '2026-11-23T12:01:00.000Z',
      },
    ]);
    for (const viewer of ['bob', 'admin'])
      expect((await json((await site.browserOf(viewer)).get('/u/alice.json'))).user).not.toHaveProperty(
        'user_api_keys',
      );
    expect((await json(site.send('/u/alice.json'))).user).not.toHaveProperty('user_api_keys');
  });
});
