import type { ValetkeyError } from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { discoursePreset } from '../../../discourse-preset.ts';
import { createMemoryStore } from '../../../in-process/memory-store/memory-store.ts';
import { createSettings } from '../../../settings/settings.ts';

describe('settings', () => {
  const defaultsOfAllSites = {
    allow_user_api_keys: true,
    allowed_user_api_push_urls: [],
    max_user_api_key_expiry_days: 365,
    min_user_api_public_key_bits: 2048,
    allow_personal_user_api_keys: 'feeds',
    allow_oauth_client_registration: false,
  };

  test.each([
    [
      'defaults for every kind of site',
      {},
      {
        allow_user_api_key_scopes: [],
        allowed_user_api_auth_redirects: ['http://127.0.0.1/*'],
        user_api_key_allowed_groups: ['everyone'],
        max_user_api_reqs_per_minute: 60,
        max_user_api_reqs_per_day: 10_000,
      },
    ],
    [
      'Discourse’s defaults with the preset',
      discoursePreset.settingDefaults,
      {
        allow_user_api_key_scopes: discoursePreset.settingDefaults.allow_user_api_key_scopes,
        allowed_user_api_auth_redirects: ['discourse://auth_redirect'],
        user_api_key_allowed_groups: ['trust_level_0'],
        max_user_api_reqs_per_minute: 20,
        max_user_api_reqs_per_day: 2880,
      },
    ],
  ])('have %s initially', async (_name, defaults, expected) => {
    const settings = await createSettings(createMemoryStore(), () => 0, { defaults });
    expect(settings.current()).toMatchObject({ ...defaultsOfAllSites, ...expected });
    expect(settings.list().every((row) => row.value === row.default)).toBe(true);
  });

  test('apply immediately and after a restart', async () => {
    const store = createMemoryStore();
    const settings = await createSettings(store, () => 0);
    await settings.set('max_user_api_key_expiry_days', ' 30 ');
    await settings.set('allow_user_api_keys', 'f');
    await settings.set('allowed_user_api_auth_redirects', 'myapp://cb| https://*.example.com/* |myapp://cb|');
    for (const current of [settings.current(), (await createSettings(store, () => 0)).current()]) {
      expect(current).toMatchObject({
        max_user_api_key_expiry_days: 30,
        allow_user_api_keys: false,
        allowed_user_api_auth_redirects: ['myapp://cb', 'https://*.example.com/*'],
      });
    }
  });

  test('always have the values that were stored last, in whatever order the store answers', async () => {
    const answers: (() => void)[] = [];
    const memory = createMemoryStore();
    const saveSettings: typeof memory.saveSettings = async (values) => {
      await memory.saveSettings(values);
      await new Promise<void>((resolve) => answers.push(resolve));
    };
    const settings = await createSettings({ ...memory, saveSettings }, () => 0);
    const changes = [30, 60].map((days) => settings.set('max_user_api_key_expiry_days', days));
    for (let answered = 0; answered < changes.length; answered += 1) {
      await expect.poll(() => answers.length).toBeGreaterThan(0);
      answers.pop()?.();
    }
    await Promise.all(changes);
    const stored = (await memory.listSettings()).get('max_user_api_key_expiry_days');
    expect([stored, settings.current().max_user_api_key_expiry_days]).toEqual(['60', 60]);
  });

  test('a rejected change does not block the next one', async () => {
    const settings = await createSettings(createMemoryStore(), () => 0);
    const changes = [0, 60].map((days) => settings.set('max_user_api_key_expiry_days', days));
    await expect(changes[0]).rejects.toMatchObject({ code: 'setting_invalid' });
    await changes[1];
    expect(settings.current().max_user_api_key_expiry_days).toBe(60);
  });

  test.each([
    ['allow_user_api_keys', 'perhaps'],
    ['allow_user_api_keys', null],
    ['max_user_api_key_expiry_days', 0],
    ['max_user_api_key_expiry_days', '1e3'],
    ['max_user_api_key_expiry_days', '99999999999999999999'],
    ['min_user_api_public_key_bits', 512],
    ['allow_personal_user_api_keys', 'some'],
    ['allow_personal_user_api_keys', true],
    ['allow_user_api_key_scopes', 'read|<b>'],
    ['allow_user_api_key_scopes', ['read', 7]],
    ['allow_user_api_key_scopes', ['read|<b>']],
    ['allowed_user_api_auth_redirects', 'javascript:alert(1)'],
    ['allowed_user_api_auth_redirects', 'https://user@evil.example/*'],
    ['allowed_user_api_push_urls', 'ftp://push.example'],
    ['allowed_user_api_push_urls', 'https://a:b@push.example'],
    ['allowed_user_api_push_urls', 'https://push.example|http://push.example'],
  ])('reject %s = %j with a reason, and change nothing', async (name, value) => {
    const store = createMemoryStore();
    const settings = await createSettings(store, () => 0);
    const before = settings.current();
    const error = await settings.set(name, value).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'setting_invalid', details: { setting: name } });
    const clause = describeReason((error as ValetkeyError).details);
    expect(clause).toMatch(/\w+ \w+/);
    expect(clause).not.toContain('…');
    expect(settings.current()).toBe(before);
    expect((await store.listSettings()).size).toBe(0);
  });

  test('change several values atomically, and record who did it', async () => {
    const store = createMemoryStore();
    const settings = await createSettings(store, () => 5);
    const by = { userId: 'id-admin', ipAddress: '192.0.2.5' };
    const good = ['max_user_api_reqs_per_day', '100'] as const;
    for (const bad of [['max_user_api_reqs_per_minute', '0'] as const, ['nonsense', '1'] as const]) {
      await expect(settings.setAll(new Map([good, bad]), by)).rejects.toMatchObject({
        details: { setting: bad[0] },
      });
    }
    expect([...(await store.listSettings())]).toEqual([]);
    expect(settings.current().max_user_api_reqs_per_day).toBe(10_000);
    await settings.setAll(new Map([good, ['allow_user_api_keys', 'f']]), by);
    expect(settings.current()).toMatchObject({ max_user_api_reqs_per_day: 100, allow_user_api_keys: false });
    const events = await store.listAuditEvents({ beforeId: null, limit: 9 });
    expect(events.map(({ subject, actorId, at }) => [subject, actorId, at]).sort()).toEqual([
      ['allow_user_api_keys', 'id-admin', 5],
      ['max_user_api_reqs_per_day', 'id-admin', 5],
    ]);
  });

  test('describe their bounds, and check a value without changing it', async () => {
    const store = createMemoryStore();
    const settings = await createSettings(store, () => 0);
    const row = (name: string) => settings.list().find(({ setting }) => setting === name);
    expect(row('min_user_api_public_key_bits')).toMatchObject({ min: 1024, max: 8192 });
    expect(row('allow_personal_user_api_keys')).toMatchObject({ valid_values: ['none', 'feeds', 'all'] });
    expect(settings.check('cors_origins', ' https://a.example |')).toBe('https://a.example');
    expect(() => settings.check('cors_origins', 'a.example')).toThrow(
      expect.objectContaining({
        details: { setting: 'cors_origins', reason: 'item_not_origin', item: 'a.example' },
      }),
    );
    expect(settings.current().cors_origins).toEqual([]);
    expect((await store.listSettings()).size).toBe(0);
  });

  test.each(['nonsense', '__proto__', 'constructor'])('reject the unknown name “%s”', async (name) => {
    const settings = await createSettings(createMemoryStore(), () => 0);
    await expect(settings.set(name, 'x')).rejects.toMatchObject({ code: 'setting_unknown' });
  });

  test.each([
    ['min_user_api_public_key_bits', '12'],
    ['allow_user_api_key_scopes', 'read|<b>'],
    ['allowed_user_api_auth_redirects', 'javascript:alert(1)'],
  ])('prevent the start if the stored %s is invalid: %s', async (name, value) => {
    const store = createMemoryStore();
    await store.saveSettings(new Map([[name, value]]));
    await expect(createTestSite({ store })).rejects.toThrow(
      new RegExp(
        `^Invalid stored value for the setting ${name}: .*\\. Correct it in the database, or delete it`,
      ),
    );
  });

  test('do not repeat an invalid stored secret', async () => {
    const store = createMemoryStore();
    await store.saveSettings(new Map([['push_api_secret_key', 'too short']]));
    const refusal = await createSettings(store, () => 0).catch(String);
    expect(refusal).toContain('push_api_secret_key');
    expect(refusal).not.toContain('too short');
  });
});
