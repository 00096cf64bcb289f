import { defaultScopes, type ScopeDefinitions } from '@valetkey/server';
import { refusalOf } from '@valetkey/test-support/responses';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const PATH = '/user-api-key/scopes.json';
const scopes: ScopeDefinitions = {
  ...defaultScopes,
  'photos:read': {
    sentence: { en: 'See your photos', de: 'Ihre Fotos sehen', 'de-AT': 'Ihre Bilder sehen' },
    permissions: [{ route: 'photos#index', methods: ['GET'] }],
  },
  photos_feed: {
    sentence: 'Follow your photos in a feed reader',
    permissions: [{ route: 'photos#feed', methods: ['GET'], isAllowedInUrl: true }],
  },
  hidden: { sentence: 'Not offered', permissions: [{ route: 'hidden', methods: ['GET'] }] },
};

async function openSite() {
  const site = await createTestSite({ scopes });
  await site.valetkey.settings.set('allow_user_api_key_scopes', 'photos:read|photos_feed|write|gone');
  const list = async (headers: HeadersInit = {}) => {
    const response = await site.get(PATH, headers);
    return ((await response.json()) as { scopes: { name: string; sentence: string }[] }).scopes;
  };
  return { ...site, list };
}

describe('GET /user-api-key/scopes.json', () => {
  test('lists the scopes that apps may request, with the sentences of the site', async () => {
    const { list } = await openSite();
    expect(await list()).toEqual([
      { name: 'photos:read', sentence: 'See your photos', dangerous: false, allowed_in_url: false },
      {
        name: 'photos_feed',
        sentence: 'Follow your photos in a feed reader',
        dangerous: false,
        allowed_in_url: true,
      },
      { name: 'write', sentence: defaultScopes.write.sentence, dangerous: true, allowed_in_url: false },
    ]);
  });

  test.each([
    ['de', 'Ihre Fotos sehen'],
    ['de-AT', 'Ihre Bilder sehen'],
    ['de-CH,en;q=0.5', 'Ihre Fotos sehen'],
    ['fr,de;q=0.2,en;q=0.8', 'See your photos'],
    ['__proto__,constructor', 'See your photos'],
    ['*', 'See your photos'],
    [`${'de,'.repeat(1000)}`, 'See your photos'],
  ])('Accept-Language %s: the sentence is “%s”', async (language, sentence) => {
    const { list } = await openSite();
    expect((await list({ 'accept-language': language }))[0]?.sentence).toBe(sentence);
  });

  test('is the same for every cookie and key, so every origin and cache may have it', async () => {
    const { get, list, approve } = await openSite();
    const { key } = await approve({ scopes: 'photos:read' });
    const plain = await get(PATH);
    expect(Object.fromEntries(plain.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
      vary: expect.stringContaining('Accept-Language'),
    });
    expect(plain.headers.has('set-cookie')).toBe(false);
    const text = await plain.text();
    for (const headers of [{ cookie: 'session=alice' }, { 'user-api-key': key }, { 'user-api-key': 'x' }])
      expect(JSON.stringify({ scopes: await list(headers) })).toBe(text);
  });

  test('HEAD /user-api-key/new announces it; 403 while the site issues no keys', async () => {
    const { send, get, valetkey } = await openSite();
    const probe = await send('/user-api-key/new', { method: 'HEAD' });
    expect(probe.headers.get('auth-api-scopes')).toBe('true');
    expect(probe.headers.get('access-control-expose-headers')).toContain('Auth-Api-Scopes');
    await valetkey.settings.set('allow_user_api_keys', false);
    expect(await refusalOf(get(PATH))).toBe('403 user_api_keys_disabled');
  });
});
