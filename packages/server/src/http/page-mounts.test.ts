import { readForm } from '@valetkey/test-support/page-form';
import { createTestSite, csrfOf, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import type { PageMounts } from '../ports/page-paths.ts';

const BASE = 'https://forum.example/forum';
const admin = { cookie: 'session=admin' };

/** A site below a base path, with an app key, an admin key and a registered client. */
async function openSite(pages: PageMounts) {
  const site = await createTestSite({ baseUrl: BASE, pages });
  const { settings } = site.valetkey;
  await settings.set('allow_personal_user_api_keys', 'all');
  await settings.set('allow_user_api_key_client_scopes', 'read');
  await site.approve({}, 'admin');
  await site.post('/user-api-key-client.json', keyRequest({ client_id: 'plum' }), null);

  /** Follows links, assets and GET forms from a page. @returns the path of each, with its status or `own` */
  async function walk(start: string): Promise<Map<string, number | 'own'>> {
    const seen = new Map<string, number | 'own'>();
    const waiting = [start];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      const request = new Request(`https://forum.example${path}`, { headers: admin });
      const response = await site.valetkey.fetch(request, { ipAddress: '192.0.2.1' });
      seen.set(path, response?.status ?? 'own');
      if (!response?.headers.get('content-type')?.startsWith('text/html')) continue;
      const page = await response.text();
      for (const [, target = ''] of page.matchAll(/ (?:href|src)="([^"#]+)/g))
        waiting.push(target.replaceAll('&amp;', '&'));
      for (const [, action = ''] of page.matchAll(/method="get" action="([^"]+)"/g)) waiting.push(action);
      for (const [, action = ''] of page.matchAll(/method="post" action="([^"]+)"/g)) actions.add(action);
    }
    return seen;
  }
  const actions = new Set<string>();
  const status = async (path: string, headers: Record<string, string> = admin) => {
    const request = new Request(BASE + path, { headers });
    const response = await site.valetkey.fetch(request, { ipAddress: '192.0.2.1' });
    return response?.status ?? 'own';
  };
  const submit = (path: string, values: Record<string, string>) => {
    const body = new URLSearchParams({ authenticity_token: csrfOf('admin'), ...values });
    const request = new Request(`https://forum.example${path}`, { method: 'POST', body, headers: admin });
    return site.valetkey.fetch(request, { ipAddress: '192.0.2.1' });
  };
  return { ...site, walk, actions, status, submit };
}

/** The paths that a walk found below a prefix. All links except the home link must lead to responses of Valetkey. */
function below(seen: ReadonlyMap<string, number | 'own'>, prefix: string): string[] {
  expect([...seen].filter(([path, status]) => status !== 200 && path !== '/forum/')).toEqual([]);
  return (
    [...seen.keys()]
      // The sections of the settings are many, and one page.
      .filter((path) => path.startsWith(`${prefix}/`) && !path.includes('?section='))
      .map((path) => path.slice(prefix.length))
  );
}

const ADMIN_PATHS = [
  '/api/keys',
  '/api/keys/new',
  '/user-api-key-assets/settings.js',
  '/user-api-key-assets/times.js',
  '/user-api-key-assets/valetkey.css',
  '/user-api-key-audit',
  '/user-api-key-audit/export?format=csv',
  '/user-api-key-audit/export?format=jsonl',
  '/user-api-key-blocks',
  '/user-api-key-blocks?kind=client_id&value=plum',
  '/user-api-key-clients',
  '/user-api-key-clients/icon?kind=app&client_id=plum',
  '/user-api-key-list',
  '/user-api-key-list/export',
  '/user-api-key-redirects',
  '/user-api-key-redirects?pattern=http%3A%2F%2F127.0.0.1%2F*',
  '/user-api-key-redirects?pattern=https%3A%2F%2Fapp.example%2Fcb',
  '/user-api-key-redirects?pattern=myapp%3A%2F%2Fcallback',
  '/user-api-key-settings',
  '/user-api-key-settings#found',
  '/user-api-keys',
];

describe('admin pages only, under a custom prefix', () => {
  const pages = { user: false, admin: { prefix: '/back-office' } } as const;

  test('link only below their prefix, and to the site', async () => {
    const { walk, actions } = await openSite(pages);
    const seen = await walk('/forum/back-office/user-api-keys');
    expect(below(seen, '/forum/back-office').toSorted()).toEqual(ADMIN_PATHS);
    expect([...seen.keys()].filter((path) => !path.startsWith('/forum/back-office/'))).toEqual(['/forum/']);
    for (const action of actions) expect(action).toMatch(/^\/forum\/back-office\//);
    expect(actions.size).toBeGreaterThan(2);
  });

  test('accept their forms, and redirect below the prefix', async () => {
    const { get, submit, store } = await openSite(pages);
    const form = await (await get('/back-office/api/keys/new', admin)).text();
    const values = {
      ...readForm(form, '/forum/back-office/api/keys'),
      description: 'Export',
      scope_mode: 'global',
    };
    const made = await submit('/forum/back-office/api/keys', values);
    expect(await made?.text()).toContain('src="/forum/back-office/user-api-key-assets/copy.js"');
    const revoked = await submit('/forum/back-office/api/keys/1/revoke', {});
    expect(revoked?.headers.get('location')).toBe('/forum/back-office/api/keys#key-1');
    const deleted = await submit('/forum/back-office/user-api-key-clients/delete', { client_id: 'plum' });
    expect(deleted?.headers.get('location')).toBe('/forum/back-office/user-api-key-clients');
    expect(await store.findClient('plum')).toBeNull();
  });

  test('leave user pages and the default prefix to the site, and the protocol’s paths unchanged', async () => {
    const { status, get } = await openSite(pages);
    for (const path of [
      '/u/admin/preferences/apps',
      '/u/admin/preferences/apps.json',
      '/admin/user-api-keys',
    ])
      expect(await status(path)).toBe('own');
    expect(await status('/admin/api/keys.json')).toBe(200);
    expect(await status('/admin/api/keys', { ...admin, accept: 'application/json' })).toBe(200);
    expect(await status('/user-api-key/current.json', {})).toBe(403);
    const consent = await (await get(`/user-api-key/new${query(keyRequest())}`, admin)).text();
    expect(consent).toContain('at any time in your apps.');
  });
});

describe('user pages only, under a custom prefix', () => {
  const pages = { user: { prefix: '/account' }, admin: false } as const;

  test('link only to themselves, their assets and the site', async () => {
    const { walk, actions } = await openSite(pages);
    const seen = await walk('/forum/account/apps');
    expect(below(seen, '/forum/account').toSorted()).toEqual(['/api-keys/new', '/apps', '/apps/1', '/feeds']);
    const others = [...seen.keys()].filter((path) => !path.startsWith('/forum/account/'));
    expect(others.toSorted()).toEqual([
      '/forum/',
      '/forum/user-api-key/assets/times.js',
      '/forum/user-api-key/assets/valetkey.css',
    ]);
    expect([...actions].toSorted()).toEqual([
      '/forum/account/api-keys/new',
      '/forum/calendar-subscriptions',
      '/forum/user-api-key/assets/language',
      '/forum/user-api-key/rename',
      '/forum/user-api-key/revoke',
    ]);
  });

  test('belong to the signed-in user, whose form creates a key', async () => {
    const { get, submit, valetkey } = await openSite(pages);
    expect(await (await get('/account/apps', admin)).text()).toContain('Plum Reader');
    expect(await (await get('/account/apps', { cookie: 'session=bob' })).text()).not.toContain('Plum Reader');
    const returnTo = encodeURIComponent('/forum/account/apps');
    expect((await get('/account/apps')).headers.get('location')).toBe(`/login?return_to=${returnTo}`);
    const values = { application_name: 'Backup', 'scope:read': '1', expires_in_seconds: '' };
    expect((await submit('/forum/account/api-keys/new', values))?.status).toBe(200);
    expect((await valetkey.keysOf('id-admin')).map(({ kind }) => kind)).toEqual(['personal', 'app']);
  });

  test('are linked on the consent page; admin pages are not served, nor as JSON', async () => {
    const { status, get } = await openSite(pages);
    const consent = await (await get(`/user-api-key/new${query(keyRequest())}`, admin)).text();
    expect(consent).toContain('<a href="/forum/account/apps">your apps</a>');
    for (const path of ['/admin/user-api-keys', '/admin/api/keys.json', '/admin/user-api-key-settings.json'])
      expect(await status(path)).toBe('own');
    expect(await status('/u/admin/preferences/apps')).toBe('own');
  });
});

test('page mounts: pages at the default paths link only to pages that are served', async () => {
  const { walk } = await openSite({});
  expect(below(await walk('/forum/admin/user-api-keys'), '/forum/admin').toSorted()).toEqual(ADMIN_PATHS);
  const own = below(await walk('/forum/u/admin/preferences/apps'), '/forum/u/admin/preferences');
  expect(own.toSorted()).toEqual(['/api-keys/new', '/apps', '/apps/1', '/feeds']);
});

test.each([
  '',
  '/',
  'account',
  '/account/',
  '/a//b',
  '/../b',
  '/u/:username',
  '/user-api-key',
  '/OAuth/pages',
  '/.well-known',
  '/a?b',
  '/a b',
])('page mounts: the prefix %s is an error at the start', async (prefix) => {
  await expect(createTestSite({ pages: { admin: { prefix } } })).rejects.toThrow(/pages\.admin\.prefix/);
});

test('page mounts: the same prefix for both is an error at the start', async () => {
  const pages = { user: { prefix: '/keys' }, admin: { prefix: '/keys' } };
  await expect(createTestSite({ pages })).rejects.toThrow(/same prefix/);
});
