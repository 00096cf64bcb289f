import { describe, expect, test } from 'vitest';
import { settingTable } from './setting-table.ts';

describe('a list in a setting that was typed with commas', () => {
  test.each([
    ['allow_user_api_key_scopes', 'read,write', 'read|write'],
    ['allow_user_api_key_scopes', 'read, write,read', 'read|write'],
    ['user_api_key_allowed_groups', 'staff|trust_level_1,trust_level_2', 'staff|trust_level_1|trust_level_2'],
    [
      'allowed_user_api_auth_redirects',
      'discourse://auth_redirect,https://app.example/cb',
      'discourse://auth_redirect|https://app.example/cb',
    ],
    [
      'allowed_user_api_auth_redirects',
      'https://a.example/cb,https://b.example/cb',
      'https://a.example/cb|https://b.example/cb',
    ],
    ['cors_origins', 'https://a.example, https://b.example', 'https://a.example|https://b.example'],
    [
      'allowed_user_api_push_urls',
      'https://a.example/p,https://b.example/p',
      'https://a.example/p|https://b.example/p',
    ],
    ['create_user_api_key_client_ip_rate_limit_override_ips', '192.0.2.1,192.0.2.2', '192.0.2.1|192.0.2.2'],
  ] as const)(
    '%s: says how items are separated, and offers the corrected value: %s',
    (name, typed, corrected) => {
      const { kind } = settingTable[name];
      expect(() => kind.parse(typed)).toThrow(
        expect.objectContaining({ why: { reason: 'items_with_commas', corrected } }),
      );
      expect(kind.format(kind.parse(corrected))).toBe(corrected);
      expect(kind.parse(corrected.replaceAll('|', '\n'))).toEqual(kind.parse(corrected));
    },
  );

  test('keeps the reason of an item that is wrong in another way', () => {
    expect(() => settingTable.allow_user_api_key_scopes.kind.parse('read,Wri te')).toThrow('item_not_name');
    expect(() => settingTable.cors_origins.kind.parse('https://a.example/x')).toThrow('item_not_origin');
  });
});
