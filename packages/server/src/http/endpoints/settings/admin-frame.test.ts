import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { keyRequest } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const admin = { cookie: 'session=admin' };
const PAGES = [
  '/admin/user-api-keys',
  '/admin/user-api-key-settings',
  '/admin/user-api-key-redirects',
  '/admin/user-api-key-list',
  '/admin/api/keys',
  '/admin/api/keys/new',
  '/admin/user-api-key-clients',
  '/admin/user-api-key-blocks',
  '/admin/user-api-key-audit',
];

describe.each(PAGES)('the admin page %s', (path) => {
  async function open(baseUrl = 'https://forum.example') {
    const site = await createAdminSite({ baseUrl });
    const base = new URL(baseUrl).pathname.replace(/\/$/, '');
    await site.valetkey.settings.set('allow_user_api_key_client_scopes', 'read');
    await site.post('/user-api-key-client', keyRequest({ client_id: 'plum' }), null);
    await site.make();
    const response = await site.get(path, admin);
    return { site, base, response, page: await response.text() };
  }

  test('links to all others, and marks itself', async () => {
    const { page } = await open();
    const [nav = ''] = /<nav[\s\S]*?<\/nav>/.exec(page) ?? [];
    expect([...nav.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(
      PAGES.filter((each) => !each.endsWith('/new')),
    );
    const [, here] = /href="([^"]+)" aria-current="page"/.exec(nav) ?? [];
    expect(here).toBe(path.replace(/\/new$/, ''));
    expect(page.match(/<h1>/g)).toHaveLength(1);
  });

  test('runs no inline script, forbids framing and caching, and connects to this site only', async () => {
    const { response, page } = await open();
    expect(page).not.toMatch(/<script(?! src="\/admin\/user-api-key-assets\/)| style=| on\w+="|javascript:/);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.includes("connect-src 'self'")).toBe(path.endsWith('settings'));
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('links below the base path', async () => {
    const { site, base, page } = await open('https://example.org/forum');
    const targets = [...page.matchAll(/(?:href|src|action|data-check)="(\/[^"]*)"/g)].map(
      ([, target]) => target,
    );
    expect(targets.length).toBeGreaterThan(6);
    expect(targets.filter((target) => !target?.startsWith(`${base}/`))).toEqual([]);
    expect((await site.get(path)).headers.get('location')).toBe(
      `/login?return_to=${encodeURIComponent(base + path)}`,
    );
  });
});
