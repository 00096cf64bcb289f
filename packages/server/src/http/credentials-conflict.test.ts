import { refusalOf } from '@valetkey/test-support/responses';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const BASIC = `Basic ${btoa('user:password')}`;

describe('two credentials in one request: credentials_conflict, whatever their headers and order', () => {
  test.each<[string, (key: string) => [string, string][]]>([
    [
      'User-Api-Key twice',
      (key) => [
        ['User-Api-Key', key],
        ['User-Api-Key', key],
      ],
    ],
    [
      'User-Api-Key twice, one empty',
      (key) => [
        ['User-Api-Key', ''],
        ['User-Api-Key', key],
      ],
    ],
    [
      'Authorization twice',
      (key) => [
        ['Authorization', `Bearer ${key}`],
        ['Authorization', `Bearer ${key}`],
      ],
    ],
    [
      'Bearer behind Basic',
      (key) => [
        ['Authorization', BASIC],
        ['Authorization', `Bearer ${key}`],
      ],
    ],
    [
      'Basic behind Bearer',
      (key) => [
        ['Authorization', `Bearer ${key}`],
        ['Authorization', BASIC],
      ],
    ],
    [
      'Bearer behind Basic, beside User-Api-Key',
      (key) => [
        ['Authorization', `${BASIC}, bearer ${key}`],
        ['User-Api-Key', key],
      ],
    ],
    [
      'Api-Key beside User-Api-Key',
      (key) => [
        ['Api-Key', key],
        ['User-Api-Key', key],
      ],
    ],
  ])('%s', async (_, headersOf) => {
    const site = await createTestSite();
    const { key } = await site.approve();
    const headers = new Headers();
    for (const [name, value] of headersOf(key)) headers.append(name, value);
    const request = new Request('https://forum.example/latest.json', { headers });
    const result = await site.valetkey.authorize(
      request,
      { name: 'list#latest' },
      { ipAddress: '192.0.2.1' },
    );
    expect(result).toMatchObject({ kind: 'refused', refusal: { code: 'credentials_conflict' } });
    expect(await refusalOf(site.send('/user-api-key/current.json', { headers }))).toBe(
      '403 credentials_conflict',
    );
    expect(await refusalOf(site.send('/user-api-key/revoke.json', { method: 'POST', headers }))).toBe(
      '403 credentials_conflict',
    );
  });
});

test('GET /user-api-key/current.json: rejects the key of a feed in a header, as every route but its own', async () => {
  const site = await createTestSite();
  const response = await site.post('/calendar-subscriptions.json', {}, 'alice');
  const { urls } = (await response.json()) as { urls: { bookmarks: string } };
  const key = new URL(urls.bookmarks).searchParams.get('user_api_key') ?? '';
  for (const headers of [{ 'User-Api-Key': key }, { Authorization: `Bearer ${key}` }] as Record<
    string,
    string
  >[]) {
    expect(await refusalOf(site.get('/user-api-key/current.json', headers))).toBe('403 scope_insufficient');
  }
});

test('POST /admin/user-api-key-settings/check: an object or a list as value is 422, as setting 400, never 500', async () => {
  const site = await createAdminSite();
  const ask = (body: object) => site.asUser('admin', 'POST', '/admin/user-api-key-settings/check', body);
  const hostile = { toString: 1 };
  for (const setting of [
    'allow_user_api_keys',
    'max_user_api_reqs_per_day',
    'cors_origins',
    'allow_personal_user_api_keys',
    'push_api_secret_key',
  ]) {
    for (const value of [hostile, [hostile], { toString: null }]) {
      expect(await refusalOf(ask({ setting, value }))).toBe('422 setting_invalid');
      await expect(site.valetkey.settings.set(setting, value)).rejects.toMatchObject({
        code: 'setting_invalid',
      });
    }
  }
  expect(await refusalOf(ask({ setting: hostile, value: 'true' }))).toBe('400 parameter_invalid');
  expect(await refusalOf(ask(hostile))).toBe('400 parameter_missing');
  expect(await refusalOf(ask({ setting: 'toString', value: 'true' }))).toBe('404 setting_unknown');
});
