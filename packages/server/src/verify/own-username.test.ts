import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { defineScopes, discourseScopes, ownUsername } from '../index.ts';

const own = { route: 'users#photos', methods: ['GET'], parameters: { username: ownUsername } } as const;
const scopes = defineScopes({
  ...discourseScopes,
  own_photos: { sentence: 'See your photos', permissions: [own] },
  own_album: {
    sentence: 'Your photos as a feed',
    permissions: [{ ...own, formats: ['rss'], isAllowedInUrl: true }],
  },
});

async function createSite(options: Parameters<typeof createTestSite>[0] = {}) {
  const site = await createTestSite({ ...options, scopes });
  const { allow_user_api_key_scopes: list } = site.valetkey.settings.current();
  await site.valetkey.settings.set(
    'allow_user_api_key_scopes',
    [...list, 'own_photos', 'own_album'].join('|'),
  );
  const open = async (key: string, username: string | null, inUrl = false) => {
    const request = new Request(`https://forum.example/any${inUrl ? `?user_api_key=${key}` : ''}`, {
      headers: inUrl ? {} : { 'User-Api-Key': key },
    });
    const route = { name: 'users#photos', format: 'rss', parameters: username === null ? {} : { username } };
    const outcome = await site.valetkey.authorize(request, route, { ipAddress: '192.0.2.1' });
    return outcome.kind === 'refused'
      ? ((await (await outcome.response()).json()) as { code: string; required_scopes?: string[] })
      : outcome.kind;
  };
  return { ...site, open };
}

describe('verify: a scope bound to ownUsername', () => {
  const site = () => createSite();

  test('permits the owner’s resources and no others', async () => {
    const it = await site();
    const alice = await it.approve({ scopes: 'own_photos' });
    const bob = await it.approve({ scopes: 'own_photos' }, 'bob');
    expect(await it.open(alice.key, 'alice')).toBe('key');
    expect(await it.open(bob.key, 'bob')).toBe('key');
    expect(await it.open(alice.key, 'bob')).toMatchObject({ code: 'scope_insufficient' });
    expect(await it.open(bob.key, 'alice')).toMatchObject({ code: 'scope_insufficient' });
  });

  test.each([
    'Alice',
    'alice ',
    'alice\0',
    '%61lice',
    'alice/..',
    '',
    'ownUsername',
    'Symbol(ownUsername)',
    'аlice',
  ])('compares “%s” character by character', async (username) => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'own_photos' });
    expect(await it.open(key, username)).toMatchObject({ code: 'scope_insufficient' });
  });

  test('permits nothing if the matched route lacks the parameter', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'own_photos' });
    expect(await it.open(key, null)).toMatchObject({ code: 'scope_insufficient' });
  });

  test('follows a rename of the owner immediately', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'own_photos' });
    expect(await it.open(key, 'alice')).toBe('key');
    it.changeUser('alice', { username: 'alicia' });
    expect(await it.open(key, 'alicia')).toBe('key');
    expect(await it.open(key, 'alice')).toMatchObject({ code: 'scope_insufficient' });
  });

  test('is named as sufficient in a refusal only if it would be', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'session_info' });
    const required = async (username: string) =>
      ((await it.open(key, username)) as { required_scopes: string[] }).required_scopes;
    expect(await required('alice')).toEqual(['read', 'write', 'own_photos', 'own_album']);
    expect(await required('bob')).toEqual(['read', 'write']);
  });

  test('can be used in a URL, for the owner’s own path only', async () => {
    const it = await site();
    const { key } = await it.approve({ scopes: 'own_album' });
    expect(await it.open(key, 'alice', true)).toBe('key');
    expect(await it.open(key, 'bob', true)).toMatchObject({ code: 'scope_insufficient' });
    const other = await it.approve({ scopes: 'read', client_id: 'other' });
    expect(await it.open(other.key, 'alice', true)).toMatchObject({ code: 'key_not_allowed_in_url' });
  });
});
