import type { NewKey } from '@valetkey/server';
import { createPng } from '../icons.ts';
import { createAdminSite } from './admin-site.ts';

const DAY_MS = 86_400_000;
const KEYS = 500;

/** The pages that list keys, clients, settings or events, and the user who opens each. */
export const POPULAR_PAGES: readonly { readonly path: string; readonly as: 'alice' | 'admin' }[] = [
  { path: '/u/alice/preferences/apps', as: 'alice' },
  { path: '/u/alice/preferences/apps/1', as: 'alice' },
  ...[
    '/admin/user-api-keys',
    '/admin/user-api-key-list',
    '/admin/user-api-key-settings',
    '/admin/user-api-key-redirects?pattern=https://app.example/*',
    '/admin/user-api-key-blocks',
    '/admin/user-api-key-clients',
    '/admin/api/keys',
    '/admin/user-api-key-audit',
  ].map((path) => ({ path, as: 'admin' as const })),
];

/** Creates a site where alice has 500 keys that were used and refused every day. Their apps are registered and have icons. */
export async function createPopularSite() {
  const site = await createAdminSite();
  const { store } = site;
  const today = Math.floor(site.now() / DAY_MS);
  for (let app = 0; app < KEYS; app += 1) {
    const key: NewKey = {
      keyHash: app.toString(16).padStart(64, '0'),
      userId: 'id-alice',
      kind: 'app',
      clientId: `c${app}`,
      applicationName: `Plum Reader on phone ${app}`,
      scopes: ['read', 'write'],
      isUrlKey: false,
      pushUrl: null,
      authRedirect: 'https://app.example/cb',
      createdAt: site.now(),
      expiresAt: null,
    };
    const audit = {
      at: site.now(),
      action: 'key_approved' as const,
      actorId: 'id-alice',
      ownerId: 'id-alice',
      subject: key.applicationName,
      ipAddress: '192.0.2.1',
    };
    const { key: stored } = await store.replaceKey(key, ({ id }) => ({ ...audit, keyId: id }));
    await store.addKeyUses(
      Array.from({ length: 60 }, (_, index) => ({
        keyId: stored.id,
        day: today - Math.floor(index / 2),
        outcome: index % 2 === 0 ? 'allowed' : 'scope_insufficient:write',
        count: 7 * index + app,
      })),
    );
    await store.registerClient(
      {
        clientId: `c${app}`,
        applicationName: key.applicationName,
        publicKey: `PEM ${app}`,
        authRedirect: 'https://app.example/cb',
        scopes: ['read', 'write', 'notifications'],
        // Before the keys, so that their entries have the icon.
        createdAt: site.now() - KEYS + app,
        createdFrom: '192.0.2.1',
      },
      null,
    );
    const icon = { hash: key.keyHash, mediaType: 'image/png', bytes: createPng() } as const;
    await store.saveClientIcon({ kind: 'app', clientId: key.clientId }, icon);
  }
  return site;
}
