import { refusalOf } from '@valetkey/test-support/responses';
import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const DAY_MS = 86_400_000;

async function createSiteWithKey() {
  const site = await createTestSite();
  const { key } = await site.approve({ scopes: 'read,write' });
  const undo = (as: string) => site.post('/user-api-key/undo-revoke.json', { id: '1' }, as);
  const revoke = (as: string) => site.post('/user-api-key/revoke.json', { id: '1' }, as);
  return { ...site, key, undo, revoke };
}

describe('POST /user-api-key/undo-revoke', () => {
  test.each<[string, string, (site: TestSite) => unknown]>([
    [
      'the feature is off',
      '403 user_api_keys_disabled',
      ({ valetkey }) => valetkey.settings.set('allow_user_api_keys', false),
    ],
    [
      'a scope is withdrawn',
      '403 scope_not_allowed',
      ({ valetkey }) => valetkey.settings.set('allow_user_api_key_scopes', 'read'),
    ],
    [
      'the owner left the allowed groups',
      '403 group_not_allowed',
      ({ changeUser }) => changeUser('alice', { groups: [] }),
    ],
    [
      'the key is above the maximum age',
      '403 key_too_old',
      async ({ valetkey, advance }) => {
        await valetkey.settings.set('revoke_user_api_keys_maxlife_days', 1);
        advance(DAY_MS + 1);
      },
    ],
  ])('checks what approving checks, for its owner and for an admin: %s', async (_, refusal, change) => {
    const site = await createSiteWithKey();
    await site.revoke('alice');
    await change(site);
    expect(await refusalOf(site.undo('alice'))).toBe(refusal);
    expect(await refusalOf(site.undo('admin'))).toBe(refusal);
    expect((await site.authorize(site.key, { name: 'list#latest' })).kind).toBe('refused');
  });

  test('checks the owner, not the admin who restores: a suspended owner gets no key back', async () => {
    const site = await createSiteWithKey();
    await site.revoke('admin');
    site.changeUser('alice', { isSuspended: true });
    expect(await refusalOf(site.undo('admin'))).toBe('403 user_suspended');
  });

  test('rejects the owner if an admin revoked the key after the owner did', async () => {
    const site = await createSiteWithKey();
    await site.revoke('alice');
    expect((await site.revoke('admin')).status).toBe(200);
    expect(await refusalOf(site.revoke('alice'))).toBe('404 key_not_found');
    expect(await refusalOf(site.revoke('admin'))).toBe('404 key_not_found');
    expect(await refusalOf(site.undo('alice'))).toBe('403 key_restorable_by_admin');
    expect((await site.undo('admin')).status).toBe(200);
  });

  test('rejects the owner, and lets an admin restore, what an admin revoked', async () => {
    const site = await createSiteWithKey();
    await site.revoke('admin');
    expect(await refusalOf(site.undo('alice'))).toBe('403 key_restorable_by_admin');
    const page = await site.get('/u/alice/preferences/apps', { cookie: 'session=alice' });
    expect(await page.text()).not.toContain('undo-revoke');
    expect((await site.undo('admin')).status).toBe(200);
    expect((await site.authorize(site.key, { name: 'list#latest' })).kind).toBe('key');
  });

  test('rejects the owner, and lets an admin restore, what the daily job revoked', async () => {
    const site = await createSiteWithKey();
    site.advance(181 * DAY_MS);
    expect(await site.valetkey.runDailyJobs()).toBe(1);
    expect(await refusalOf(site.undo('alice'))).toBe('403 key_restorable_by_admin');
    expect((await site.undo('admin')).status).toBe(200);
  });

  test.each([
    ['personal', 'feeds'],
    ['feed', 'none'],
  ] as const)('rejects a %s key once the setting for personal keys is “%s”', async (kind, value) => {
    const { valetkey, post, store } = await createTestSite();
    await valetkey.settings.set('allow_personal_user_api_keys', 'all');
    const created =
      kind === 'feed'
        ? await post('/calendar-subscriptions.json', {}, 'alice')
        : await post(
            '/u/alice/preferences/api-keys/new.json',
            { application_name: 'Mine', scopes: 'read' },
            'alice',
          );
    expect(created.status).toBe(200);
    const id = String((await store.listKeys('id-alice'))[0]?.id);
    await post('/user-api-key/revoke.json', { id }, 'alice');
    await valetkey.settings.set('allow_personal_user_api_keys', value);
    expect(await refusalOf(post('/user-api-key/undo-revoke.json', { id }, 'alice'))).toBe(
      '403 personal_keys_disabled',
    );
  });
});
