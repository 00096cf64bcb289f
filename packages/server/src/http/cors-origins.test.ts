import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const preflight = (origin: string, headers: string): RequestInit => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': headers },
});

async function createListingSite(origins: string) {
  const site = await createTestSite();
  await site.valetkey.settings.set('cors_origins', origins);
  const ask = (origin: string, headers = 'user-api-key') =>
    site.valetkey.fetch(new Request('https://forum.example/posts.json', preflight(origin, headers)), {
      ipAddress: '192.0.2.1',
    });
  return { ...site, ask };
}

describe('cors_origins', () => {
  const apps = [
    'capacitor://localhost',
    'tauri://localhost',
    'ionic://localhost',
    'app://obsidian.md',
    'http://localhost:3000',
  ];

  test('may list origins with other schemes, which are compared exactly', async () => {
    const { ask } = await createListingSite(apps.join('|'));
    for (const origin of apps) {
      expect((await ask(origin))?.headers.get('access-control-allow-origin')).toBe(origin);
    }
    for (const origin of [
      'capacitor://localhost:1',
      'capacitor://localhost.evil',
      'Capacitor://localhost',
      'tauri://LOCALHOST',
      'http://localhost',
      'null',
    ]) {
      expect((await ask(origin))?.headers.get('access-control-allow-origin') ?? null).toBeNull();
    }
  });

  test.each([
    'null',
    'file://',
    'capacitor://',
    'capacitor://localhost/',
    'capacitor://a b',
    'data:text',
    'https://app.example/',
    'app://x?y',
    '*',
  ])('rejects what is no origin: %s', async (origin) => {
    await expect(createListingSite(origin)).rejects.toMatchObject({ code: 'setting_invalid' });
  });
});

describe('a preflight of a listed origin', () => {
  test.each([
    'user-api-key,cache-control',
    'X-Anything',
    'sentry-trace, baggage',
    'traceparent',
    'x-a,x-b,x-c',
  ])('allows any request header: %s', async (headers) => {
    const { ask } = await createListingSite('https://app.example');
    const response = await ask('https://app.example', headers);
    const allowed = (response?.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ');
    expect(allowed).toEqual(expect.arrayContaining(headers.toLowerCase().split(/, */)));
    expect(response?.headers.get('vary')).toContain('Access-Control-Request-Headers');
  });

  test.each(['api-key', 'API-KEY', ' Api-Username ', 'x-a,api-key'])(
    'allows no header of an admin key, unless the setting does: “%s”',
    async (headers) => {
      const { ask, valetkey } = await createListingSite('https://app.example');
      const allowed = async () =>
        (await ask('https://app.example', headers))?.headers.get('access-control-allow-headers') ?? '';
      expect(await allowed()).not.toMatch(/(^|, *)api-(key|username)/i);
      await valetkey.settings.set('cors_allow_admin_api_keys', true);
      expect(await allowed()).toMatch(/(^|, *)api-(key|username)/i);
    },
  );

  test('repeats no text that is not a header name', async () => {
    const { ask } = await createListingSite('https://app.example');
    const response = await ask('https://app.example', 'a b, <script>, x-fine, ;');
    expect(response?.headers.get('access-control-allow-headers')).toMatch(/Authorization, x-fine$/);
  });
});
