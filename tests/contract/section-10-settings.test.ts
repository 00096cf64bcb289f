import { ask, open } from '@valetkey/test-support/app-request';
import { expect, test } from 'vitest';
import { readSection, rowsOf } from './read-section.ts';
import { describeContract, json, type RunningForum, refusal } from './running-forum.ts';

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
  max_user_api_key_rotation_grace_days: '7',
  audit_retention_days: '365',
};

interface Row {
  readonly setting: string;
  readonly value: string;
}

const readSettings = async (forum: RunningForum): Promise<Record<string, string>> => {
  const admin = await forum.browserOf('admin');
  const { site_settings }: { site_settings: Row[] } = await json(admin.get('/admin/site_settings.json'));
  return Object.fromEntries(site_settings.map(({ setting, value }) => [setting, value]));
};

/** What a person's approval is answered. */
async function approve(forum: RunningForum, changes: Record<string, string> = {}, username = 'alice') {
  const person = await forum.browserOf(username);
  return person.send('POST', '/user-api-key.json', ask({ auth_redirect: null, ...changes }));
}

test('PROTOCOL.md#settings: has a row for every setting', () => {
  expect(rowsOf(readSection('Settings')).toSorted()).toEqual(Object.keys(DEFAULTS).toSorted());
});

describeContract('section 10, settings', (start) => {
  test('have Discourse’s names, and these defaults, every one of them', async () => {
    const settings = await readSettings(await start());
    expect(Object.keys(settings).toSorted()).toEqual(Object.keys(DEFAULTS).toSorted());
    for (const [name, value] of Object.entries(DEFAULTS))
      expect([name, settings[name]]).toEqual([
        name,
        typeof value === 'string' ? value : expect.stringMatching(value),
      ]);
  });

  test.each<[string, unknown, string]>([
    ['allow_user_api_keys', false, 'false'],
    ['allow_user_api_keys', 'false', 'false'],
    ['allow_user_api_keys', 'f', 'false'],
    ['max_user_api_reqs_per_minute', 30, '30'],
    ['max_user_api_reqs_per_minute', '30', '30'],
    ['allow_user_api_key_scopes', 'read|write', 'read|write'],
    ['allow_user_api_key_scopes', ['read', 'write'], 'read|write'],
    ['cors_origins', [], ''],
    ['allow_personal_user_api_keys', 'all', 'all'],
  ])('%s is taken as JSON or as text: %j', async (name, value, stored) => {
    const forum = await start();
    const admin = await forum.browserOf('admin');
    const path = `/admin/site_settings/${name}.json`;
    expect((await admin.send('PUT', path, { [name]: value })).status).toBe(200);
    expect((await readSettings(forum))[name]).toBe(stored);
  });

  test.each<[string, unknown]>([
    ['allow_user_api_keys', 'perhaps'],
    ['max_user_api_reqs_per_minute', -1],
    ['max_user_api_reqs_per_minute', '2e1'],
    ['allow_user_api_key_scopes', ['read', 7]],
    ['allow_user_api_key_scopes', { read: true }],
    ['allowed_user_api_push_urls', ['javascript:alert(1)']],
    ['cors_origins', '*'],
    ['allow_personal_user_api_keys', 'some'],
  ])('%s is not taken as %j (422), and stays what it was', async (name, value) => {
    const forum = await start();
    const before = await readSettings(forum);
    const admin = await forum.browserOf('admin');
    const answer = admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
    expect(await refusal(answer)).toBe('422 setting_invalid');
    expect(await readSettings(forum)).toEqual(before);
  });

  test('are read and changed by an admin with a session alone', async () => {
    const forum = await start();
    const path = '/admin/site_settings/allow_user_api_keys.json';
    const body = { allow_user_api_keys: false };
    for (const username of ['alice', 'mona']) {
      const person = await forum.browserOf(username);
      expect((await person.get('/admin/site_settings.json')).status).toBe(403);
      expect((await person.send('PUT', path, body)).status).toBe(403);
    }
    const key = await forum.issueKey('admin', 'read,write');
    expect(await refusal(forum.call(key, path, 'PUT', body))).toBe('403 session_required');
    expect((await readSettings(forum)).allow_user_api_keys).toBe('true');
  });

  test('user_api_key_allowed_groups: members may approve, others may not, staff always may', async () => {
    const forum = await start();
    expect((await approve(forum, {}, 'bob')).status).toBe(200);
    await forum.set('user_api_key_allowed_groups', 'trust_level_1');
    expect(await refusal(approve(forum, {}, 'bob'))).toBe('403 group_not_allowed');
    for (const username of ['alice', 'mona', 'admin'])
      expect([username, (await approve(forum, {}, username)).status]).toEqual([username, 200]);
    await forum.set('user_api_key_allowed_groups', 'gardeners');
    expect((await approve(forum)).status).toBe(403);
    expect((await approve(forum, {}, 'mona')).status).toBe(200);
  });

  test('max_user_api_key_expiry_days: 365 days to the second, and not one more', async () => {
    const forum = await start();
    const longest = String(365 * DAY_SECONDS);
    const { payload } = await json(approve(forum, { expires_in_seconds: longest }));
    expect(open(payload).expires_at).toBe('2027-11-23T12:00:00Z');
    const longer = approve(forum, { expires_in_seconds: String(365 * DAY_SECONDS + 1) });
    expect(await refusal(longer)).toBe('400 expiry_too_long');
  });

  test('allow_personal_user_api_keys: nothing, feeds, or keys of one’s own too', async () => {
    const forum = await start();
    const alice = await forum.browserOf('alice');
    const feed = async () => (await alice.send('POST', '/calendar-subscriptions.json')).status;
    const own = async () => {
      const wish = { application_name: 'My script', scopes: 'read', expires_in_seconds: '86400' };
      return (await alice.send('POST', '/u/alice/preferences/api-keys/new.json', wish)).status;
    };
    expect([await feed(), await own()]).toEqual([200, 403]);
    await forum.set('allow_personal_user_api_keys', 'none');
    expect([await feed(), await own()]).toEqual([403, 403]);
    await forum.set('allow_personal_user_api_keys', 'all');
    expect([await feed(), await own()]).toEqual([200, 200]);
  });

  test('people are suspended with suspend_until and reason, and come back with unsuspend or when it is over', async () => {
    const forum = await start();
    const admin = await forum.browserOf('admin');
    const key = await forum.issueKey('bob', 'read');
    const { id } = (await json(forum.send('/u/bob.json'))).user;
    const isRefused = async () => (await forum.call(key, '/latest.json')).status === 403;
    const suspend = () =>
      admin.send('PUT', `/admin/users/${id}/suspend.json`, { suspend_until: '2026-11-24', reason: 'Spam' });
    expect((await suspend()).status).toBe(200);
    expect(await isRefused()).toBe(true);
    expect((await admin.send('PUT', `/admin/users/${id}/unsuspend.json`)).status).toBe(200);
    expect(await isRefused()).toBe(false);
    await suspend();
    forum.advance(DAY_SECONDS * 500);
    expect(await isRefused()).toBe(false);
  });
});
