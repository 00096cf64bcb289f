import { HOSTILE, hasHostileMarkup, readForm } from '@valetkey/test-support/page-form';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import type { NewAuditEvent } from '../../../index.ts';

const PATH = '/admin/user-api-key-audit';
const DAY_MS = 86_400_000;
const admin = { cookie: 'session=admin' };
const words = (page: string) =>
  [...page.matchAll(/<li>\s*<p>([\s\S]*?)<\/p>/g)].map(([, text = '']) =>
    text.replace(/<[^>]+>/g, '').replace(/\s+/g, ' '),
  );

describe('GET /admin/user-api-key-audit', () => {
  async function openSite() {
    const site = await createAdminSite();
    const page = async (query = '') => (await site.get(PATH + query, admin)).text();
    const append = (event: Partial<NewAuditEvent>) =>
      site.store.appendAuditEvent({
        at: site.now(),
        action: 'key_approved',
        actorId: 'id-alice',
        ownerId: 'id-alice',
        keyId: 7,
        subject: 'Plum Reader',
        ipAddress: '192.0.2.7',
        ...event,
      });
    return { ...site, page, append };
  }

  test('describes who did what, for whom, when and from which IP address, and the retention', async () => {
    const { page, append, approve, post, valetkey, make } = await openSite();
    await approve();
    const [key] = await valetkey.keysOf('id-alice');
    await post('/user-api-key/revoke', { id: String(key?.id) }, 'admin');
    await make({ username: 'alice' });
    await append({ action: 'client_registered', actorId: null, ownerId: null, keyId: null, subject: 'plum' });
    await append({ action: 'setting_changed', actorId: 'id-gone', ownerId: null, subject: 'cors_origins' });
    const text = await page();
    expect(words(text)).toEqual([
      'deleted user (id-gone) changed the setting cors_origins',
      'An app registered itself as plum',
      'admin created the admin key Nightly export for alice',
      'admin revoked the key Plum Reader of alice',
      'alice approved the app Plum Reader',
    ]);
    expect(text).toContain('November 23, 2026 at 12:00 PM UTC</time>, from <bdi>192.0.2.1</bdi>, key 1');
    expect(text).toContain('#audit_retention_days">365 days</a>');
  });

  test('filters by user, action, subject and days', async () => {
    const { page, append, now } = await openSite();
    await append({ subject: 'first', at: now() - 2 * DAY_MS });
    await append({ subject: 'second', at: now() - DAY_MS, action: 'key_revoked', actorId: 'id-admin' });
    await append({ subject: 'third', actorId: 'id-bob', ownerId: 'id-bob' });
    const shown = async (query: string) =>
      words(await page(query)).map((line) =>
        line.split(' ').findLast((word) => /first|second|third/.test(word)),
      );
    expect(await shown('?person=alice')).toEqual(['second', 'first']);
    expect(await shown('?person=Admin')).toEqual(['second']);
    expect(await shown('?person=id-bob')).toEqual(['third']);
    expect(await shown('?person=nobody')).toEqual([]);
    expect(await shown('?action=key_approved')).toEqual(['third', 'first']);
    expect(await shown('?from=2026-11-22&until=2026-11-22')).toEqual(['second']);
    expect(await shown('?subject=ir')).toEqual(['third', 'first']);
    expect(await shown('?subject=ir+')).toEqual([]);
    expect(await shown('?person=&action=&subject=&from=&until=')).toHaveLength(3);
    const filtered = await page(
      '?person=alice&action=key_revoked&subject=+second&from=2026-11-01&until=2026-12-01',
    );
    expect(readForm(filtered, PATH)).toEqual({
      person: 'alice',
      action: 'key_revoked',
      subject: ' second',
      from: '2026-11-01',
      until: '2026-12-01',
    });
  });

  test('links to older events with the same filter, each event once, also while events are added', async () => {
    const { page, append } = await openSite();
    for (let count = 100; count < 305; count += 1) await append({ subject: `app ${count}` });
    for (let count = 0; count < 9; count += 1)
      await append({ subject: 'other', ownerId: null, actorId: 'id-bob' });
    const seen: string[] = [];
    let query: string | undefined = '?person=alice';
    while (query !== undefined) {
      const text = await page(query);
      seen.push(...words(text));
      await append({ subject: 'late' });
      query = /href="\/admin\/user-api-key-audit(\?[^"]*)">Older/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual(
      Array.from({ length: 205 }, (_, index) => `alice approved the app app ${304 - index}`),
    );
    expect(await page('?person=alice&before=50')).toContain(`<a href="${PATH}?person=alice">Newest</a>`);
  });

  test.each([
    'before=0',
    'before=x',
    'action=nonsense',
    'from=yesterday',
    'until=2026-02-31',
    'from=2026-11-22T00:00',
  ])('rejects ?%s and names the parameter, as a page and as JSON', async (query) => {
    const { get } = await openSite();
    for (const path of [`${PATH}?${query}`, `${PATH}.json?${query}`]) {
      const response = await get(path, admin);
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringContaining(`The parameter ${query.split('=')[0]} is invalid`),
      ]);
    }
  });

  test('returns JSON with the same filter', async () => {
    const { get, append } = await openSite();
    for (let count = 0; count < 101; count += 1) await append({ subject: `app ${count}` });
    await append({ action: 'key_revoked' });
    const read = async (query: string) =>
      (await (await get(`${PATH}.json${query}`, admin)).json()) as {
        events: { action: string }[];
        more: string;
      };
    const { events, more } = await read('?action=key_approved&person=alice');
    expect(events.map(({ action }) => action)).toEqual(Array.from({ length: 100 }, () => 'key_approved'));
    expect((await read(more)).events).toMatchObject([{ subject: 'app 0' }]);
  });

  test('escapes a hostile subject, user, IP address and filter', async () => {
    const { page, append, changeUser } = await openSite();
    changeUser('alice', { username: HOSTILE });
    await append({ subject: HOSTILE, ipAddress: HOSTILE });
    await append({ subject: HOSTILE, actorId: HOSTILE, ownerId: HOSTILE });
    for (const text of [await page(), await page(`?${new URLSearchParams({ person: HOSTILE })}`)]) {
      expect(text).toContain('&lt;img');
      expect(hasHostileMarkup(text)).toBe(false);
    }
  });

  test('shows no secrets: no key, nonce, payload or value of a setting', async () => {
    const { page, approve, make, asUser } = await openSite();
    const { key } = await approve({ nonce: 'nonce-to-find' });
    const { key: adminKey } = await make();
    const values = { 'was:cors_origins': '', 'value:cors_origins': 'https://to-find.example' };
    await asUser('admin', 'POST', '/admin/user-api-key-settings.json', values);
    const text = await page();
    expect(words(text)).toHaveLength(3);
    for (const secret of [key, 'nonce-to-find', adminKey, adminKey.slice(0, 8), 'to-find.example'])
      expect(text).not.toContain(secret);
  });

  test('requires an admin’s session', async () => {
    const { get, approve, make } = await openSite();
    const { key } = await approve({ ...keyRequest(), auth_redirect: null, scopes: 'read,write' }, 'admin');
    const { key: adminKey } = await make({ username: 'admin' });
    const path = `${PATH}?person=alice`;
    expect((await get(path)).headers.get('location')).toBe(`/login?return_to=${encodeURIComponent(path)}`);
    for (const headers of [
      { cookie: 'session=alice' },
      { ...admin, 'user-api-key': key },
      { ...admin, 'api-key': adminKey },
    ])
      expect((await get(path, headers)).status).toBe(403);
  });
});
