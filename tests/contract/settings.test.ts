import { keyRequest, open } from '@valetkey/test-support/app-request';
import { json, refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import { readSection, rowsOf } from './read-section.ts';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const DAY_SECONDS = 86_400;

/** Every setting with its default; the first ones have Discourse's names, the last are this site's own. */
const DEFAULTS: Readonly<Record<string, string | RegExp>> = {
  allow_user_api_keys: 'true',
  allow_user_api_key_scopes:
    'read|write|message_bus|push|notifications|session_info|one_time_password|bookmarks_calendar|user_status',
  user_api_key_allowed_groups: 'trust_level_0',
  allowed_user_api_auth_redirects: 'discourse://auth_redirect',
  allow_user_api_key_client_scopes: '',
  user_api_key_clients_create_per_day: '1',
  create_user_api_key_client_ip_rate_limit_override_ips: '',
  allowed_user_api_push_urls: '',
  push_api_secret_key: /^[0-9a-f]{32}$/,
  max_user_api_key_expiry_days: '365',
  max_user_api_reqs_per_minute: '20',
  max_user_api_reqs_per_day: '2880',
  max_admin_api_reqs_per_minute: '60',
  revoke_user_api_keys_unused_days: '180',
  revoke_user_api_keys_maxlife_days: '0',
  revoke_api_keys_unused_days: '180',
  allow_personal_user_api_keys: 'feeds',
  min_user_api_public_key_bits: '2048',
  cors_origins: '',
  cors_allow_admin_api_keys: 'false',
  max_personal_user_api_keys: '50',
  max_app_user_api_keys: '200',
  max_user_api_key_approvals_per_hour: '60',
  max_user_api_key_rotation_grace_days: '7',
  audit_retention_days: '365',
  oauth_default_scopes: 'read',
  oauth_access_token_lifetime_minutes: '60',
  oauth_refresh_grace_seconds: '60',
  allow_oauth_client_documents: 'true',
  oauth_client_document_domains: '',
  allow_oauth_client_registration: 'false',
  oauth_client_registrations_per_day: '20',
  allow_mcp: 'true',
  mcp_disabled_tools: '',
  mcp_list_askable_tools: 'true',
};

interface Row {
  readonly setting: string;
  readonly value: string;
}

const readSettings = async (site: ContractSite): Promise<Record<string, string>> => {
  const admin = await site.browserOf('admin');
  const { site_settings }: { site_settings: Row[] } = await json(admin.get('/admin/site_settings.json'));
  return Object.fromEntries(site_settings.map(({ setting, value }) => [setting, value]));
};

/** Lets a user approve a request. */
async function approve(site: ContractSite, changes: Record<string, string> = {}, username = 'alice') {
  const person = await site.browserOf(username);
  return person.send('POST', '/user-api-key.json', keyRequest({ auth_redirect: null, ...changes }));
}

test('PROTOCOL.md#settings: has a row for every setting', () => {
  expect(rowsOf(readSection('Settings')).toSorted()).toEqual(Object.keys(DEFAULTS).toSorted());
});

describe('settings', () => {
  test('GET /admin/site_settings.json: has every setting with its default', async ({ freshSite }) => {
    const settings = await readSettings(freshSite);
    expect(Object.keys(settings).toSorted()).toEqual(Object.keys(DEFAULTS).toSorted());
    for (const [name, value] of Object.entries(DEFAULTS))
      expect([name, settings[name]]).toEqual([
        name,
        typeof value === 'string' ? value : expect.stringMatching(value),
      ]);
  });

  test.for<[string, unknown, string]>([
    ['allow_user_api_keys', false, 'false'],
    ['allow_user_api_keys', 'false', 'false'],
    ['allow_user_api_keys', 'f', 'false'],
    ['max_user_api_reqs_per_minute', 30, '30'],
    ['max_user_api_reqs_per_minute', '30', '30'],
    ['allow_user_api_key_scopes', 'read|write', 'read|write'],
    ['allow_user_api_key_scopes', ['read', 'write'], 'read|write'],
    ['cors_origins', [], ''],
    ['allow_personal_user_api_keys', 'all', 'all'],
  ])(
    'PUT /admin/site_settings/%s.json: takes JSON and text: %j',
    async ([name, value, stored], { freshSite: site }) => {
      const admin = await site.browserOf('admin');
      const path = `/admin/site_settings/${name}.json`;
      expect((await admin.send('PUT', path, { [name]: value })).status).toBe(200);
      expect((await readSettings(site))[name]).toBe(stored);
    },
  );

  test.for<[string, unknown]>([
    ['allow_user_api_keys', 'perhaps'],
    ['max_user_api_reqs_per_minute', -1],
    ['max_user_api_reqs_per_minute', '2e1'],
    ['allow_user_api_key_scopes', ['read', 7]],
    ['allow_user_api_key_scopes', { read: true }],
    ['allowed_user_api_push_urls', ['javascript:alert(1)']],
    ['cors_origins', '*'],
    ['allow_personal_user_api_keys', 'some'],
  ])(
    'PUT /admin/site_settings/%s.json: rejects %j (422) and changes nothing',
    async ([name, value], { freshSite: site }) => {
      const before = await readSettings(site);
      const admin = await site.browserOf('admin');
      const answer = admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
      expect(await refusalOf(answer)).toBe('422 setting_invalid');
      expect(await readSettings(site)).toEqual(before);
    },
  );

  test('/admin/site_settings: readable and changeable by the session of an admin only', async ({ site }) => {
    const path = '/admin/site_settings/allow_user_api_keys.json';
    const body = { allow_user_api_keys: false };
    for (const username of ['alice', 'mona']) {
      const person = await site.browserOf(username);
      expect((await person.get('/admin/site_settings.json')).status).toBe(403);
      expect((await person.send('PUT', path, body)).status).toBe(403);
    }
    const key = await site.issueKey('admin', 'read,write');
    expect(await refusalOf(site.call(key, path, 'PUT', { body }))).toBe('403 session_required');
    expect((await readSettings(site)).allow_user_api_keys).toBe('true');
  });

  test('user_api_key_allowed_groups: members and staff may approve, others may not (403)', async ({
    site,
    settings,
  }) => {
    expect((await approve(site, {}, 'bob')).status).toBe(200);
    await settings.set('user_api_key_allowed_groups', 'trust_level_1');
    expect(await refusalOf(approve(site, {}, 'bob'))).toBe('403 group_not_allowed');
    for (const username of ['alice', 'mona', 'admin'])
      expect([username, (await approve(site, {}, username)).status]).toEqual([username, 200]);
    await settings.set('user_api_key_allowed_groups', 'gardeners');
    expect((await approve(site)).status).toBe(403);
    expect((await approve(site, {}, 'mona')).status).toBe(200);
  });

  test('max_user_api_key_expiry_days: 365 days to the second, and not one more', async ({ site, clock }) => {
    clock.advance(1_000);
    const longest = String(365 * DAY_SECONDS);
    const { payload } = await json(approve(site, { expires_in_seconds: longest }));
    expect(open(payload).expires_at).toBe('2027-11-23T12:00:01Z');
    const longer = approve(site, { expires_in_seconds: String(365 * DAY_SECONDS + 1) });
    expect(await refusalOf(longer)).toBe('400 expiry_too_long');
  });

  test('allow_personal_user_api_keys: none, feeds, or all', async ({ site, settings }) => {
    const alice = await site.browserOf('alice');
    const feed = async () => (await alice.send('POST', '/calendar-subscriptions.json')).status;
    const own = async () => {
      const wish = { application_name: 'My script', scopes: 'read', expires_in_seconds: '86400' };
      return (await alice.send('POST', '/u/alice/preferences/api-keys/new.json', wish)).status;
    };
    expect([await feed(), await own()]).toEqual([200, 403]);
    await settings.set('allow_personal_user_api_keys', 'none');
    expect([await feed(), await own()]).toEqual([403, 403]);
    await settings.set('allow_personal_user_api_keys', 'all');
    expect([await feed(), await own()]).toEqual([200, 200]);
  });

  test('PUT /admin/users/:id/suspend.json: rejects the user’s keys until suspend_until or until unsuspend', async ({
    site,
    clock,
  }) => {
    const admin = await site.browserOf('admin');
    const key = await site.issueKey('bob', 'read');
    const { id } = (await json(site.send('/u/bob.json'))).user;
    const isRefused = async () => (await site.call(key, '/latest.json')).status === 403;
    const suspend = () =>
      admin.send('PUT', `/admin/users/${id}/suspend.json`, { suspend_until: '2026-11-24', reason: 'Spam' });
    expect((await suspend()).status).toBe(200);
    expect(await isRefused()).toBe(true);
    expect((await admin.send('PUT', `/admin/users/${id}/unsuspend.json`)).status).toBe(200);
    expect(await isRefused()).toBe(false);
    await suspend();
    clock.advance(DAY_SECONDS * 500);
    expect(await isRefused()).toBe(false);
  });
});
