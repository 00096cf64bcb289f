import { HOSTILE, hasHostileMarkup, readForm } from '@valetkey/test-support/page-form';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { describe, expect, test } from 'vitest';

const PATH = '/admin/user-api-key-settings';
const admin = { cookie: 'session=admin' };

async function openSite() {
  const site = await createAdminSite();
  const read = async (query = '') => (await site.get(PATH + query, admin)).text();
  const shown = (page: string) => [...page.matchAll(/name="was:(\w+)"/g)].map(([, name]) => name);
  return { ...site, read, shown };
}

describe('the settings page', () => {
  test('shows one section, and links to all', async () => {
    const { read, shown } = await openSite();
    const page = await read('?section=audit');
    expect(shown(page)).toEqual(['audit_retention_days']);
    expect(page).toContain(`href="${PATH}?section=audit" aria-current="true"`);
    expect(page).toContain(`href="${PATH}?section=limits"`);
    expect(shown(await read('?section=unknown')).length).toBeGreaterThan(10);
  });

  test('finds settings by a part of their name or description, in any case', async () => {
    const { read, shown } = await openSite();
    expect(shown(await read('?search=AUDIT_RETENTION'))).toEqual(['audit_retention_days']);
    expect(shown(await read('?search=rsa'))).toContain('min_user_api_public_key_bits');
    const none = await read(`?search=${encodeURIComponent(HOSTILE)}`);
    expect([shown(none), none.includes('No setting matches'), hasHostileMarkup(none)]).toEqual([
      [],
      true,
      false,
    ]);
  });

  test('shows what differs from the default, who changed it last and when', async () => {
    const { read, shown, asUser, advance, changeUser } = await openSite();
    changeUser('bob', { isAdmin: true });
    const before = shown(await read('?changed=true'));
    expect(before).not.toContain('audit_retention_days');
    for (const who of ['admin', 'bob']) {
      const days = { audit_retention_days: who === 'bob' ? '90' : '30' };
      await asUser(who, 'POST', PATH, {
        'value:audit_retention_days': days.audit_retention_days,
        'was:audit_retention_days': who === 'bob' ? '30' : '365',
      });
      advance(86_400_000);
    }
    const page = await read('?changed=true');
    expect(shown(page).filter((name) => !before.includes(name))).toEqual(['audit_retention_days']);
    expect(page).toMatch(/Changed<\/strong>\s*Last changed by <bdi>bob<\/bdi>, <time[^>]*>1 day ago/);
    expect(page).not.toContain('Last changed by <bdi>admin</bdi>');
  });

  test('a form of one section saves that section, and shows it again', async () => {
    const { read, shown, send, valetkey } = await openSite();
    const path = `${PATH}?section=audit`;
    const form = readForm(await read('?section=audit'), path);
    const body = new URLSearchParams({ ...form, 'value:audit_retention_days': '99' });
    const page = await (await send(path, { method: 'POST', headers: admin, body })).text();
    expect(valetkey.settings.current().audit_retention_days).toBe(99);
    expect([shown(page), page.includes('Saved')]).toEqual([['audit_retention_days'], true]);
  });
});
