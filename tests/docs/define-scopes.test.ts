import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AuthorizeResult, ScopeDefinitions, Valetkey } from '@valetkey/server';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
// Inside the project, so that package names resolve.
const folder = join(root, 'test-results/guides');

/** The declarations that the guide assumes: a site, a store, and a request with alice’s key to her own photos. */
const AROUND = `
import { createMemoryStore } from '@valetkey/server/store/memory';
import { hashKey } from '@valetkey/server';
const key = 'a1'.repeat(16);
const alice = { id: '7', username: 'alice', avatarTemplate: null, isAdmin: false, isStaff: false, isSuspended: false, groups: ['trust_level_0'] };
const site = {
  name: 'Photos', baseUrl: 'https://photos.example', loginUrl: () => '/login', findSession: () => null,
  findUser: (id: string) => id === alice.id ? alice : null, findUserByUsername: () => null,
};
const store = createMemoryStore();
await store.replaceKey({
  keyHash: hashKey(key), userId: alice.id, kind: 'app', clientId: 'c', applicationName: 'App', scopes: ['photos:read'],
  isUrlKey: false, pushUrl: null, createdAt: Date.now(), expiresAt: null,
});
const request = new Request('https://photos.example/u/alice/photos.json', { headers: { 'User-Api-Key': key } });
const [username, ipAddress] = ['alice', '192.0.2.1'];
`;

test('the guide to scopes: its code works as described', async () => {
  const guide = readFileSync(join(root, 'docs/guides/define-scopes.md'), 'utf8');
  const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(blocks).toHaveLength(3);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'define-scopes.ts');
  writeFileSync(file, [AROUND, ...blocks].join('\n'));
  const { scopes, valetkey, result } = (await import(pathToFileURL(file).href)) as {
    scopes: ScopeDefinitions;
    valetkey: Valetkey;
    result: AuthorizeResult;
  };
  expect(result).toMatchObject({ kind: 'key', principal: { user: { username: 'alice' } } });
  expect(valetkey.settings.current().allow_user_api_key_scopes).toContain('announcements');
  expect(scopes['photos:delete']?.isDangerous).toBe(true);

  const ask = (name: string, parameters: Record<string, string>, method = 'GET', format = 'json') =>
    valetkey.authorize(
      new Request('https://photos.example/x', { method, headers: { 'User-Api-Key': 'a1'.repeat(16) } }),
      { name, format, parameters },
      { ipAddress: '192.0.2.1' },
    );
  expect((await ask('photos#show', { username: 'alice' })).kind).toBe('key');
  const refused = [
    await ask('photos#show', { username: 'bob' }),
    await ask('photos#show', { username: 'Alice' }),
    await ask('photos#destroy', { username: 'alice' }, 'DELETE'),
    await ask('categories#show', { id: '4' }, 'GET', 'rss'),
  ];
  expect(refused.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused', 'refused']);
  const last = refused[3];
  expect(last?.kind === 'refused' && (await (await last.response()).json()).required_scopes).toContain(
    'announcements',
  );
  await valetkey.close();
});
