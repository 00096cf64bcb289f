import type { NewOauthGrant, NewOauthTokens, Store, StoredOauthClient } from '@valetkey/server';

let serial = 0;
const newHash = (): string => {
  serial += 1;
  return `oauth-${serial}`.padStart(64, '0');
};

/** Returns a client that an admin has registered, with these changes. */
export const newOauthClient = (
  clientId: string,
  changes: Partial<StoredOauthClient> = {},
): StoredOauthClient => ({
  clientId,
  kind: 'registered',
  name: 'A client',
  redirectUris: ['https://client.example/cb?a=1,2', 'com.example.app:/callback'],
  postLogoutRedirectUris: [],
  secretHash: null,
  requiresPkce: true,
  createdAt: 1_000,
  createdBy: 'admin',
  createdFrom: '192.0.2.9',
  blockedAt: null,
  ...changes,
});

/** Returns a grant with these changes. */
export const newGrant = (changes: Partial<NewOauthGrant> = {}): NewOauthGrant => ({
  userId: 'alice',
  clientId: 'https://client.example/app',
  clientName: 'A client',
  scopes: ['read', 'write'],
  resources: ['/', '/mcp'],
  createdAt: 1_000,
  expiresAt: null,
  ...changes,
});

/** Returns a pair of tokens with unique hashes, with these changes. */
export const newTokens = (changes: Partial<NewOauthTokens> = {}): NewOauthTokens => ({
  accessTokenHash: newHash(),
  refreshTokenHash: newHash(),
  scopes: ['read'],
  resources: ['/'],
  createdAt: 1_000,
  expiresAt: 5_000,
  ...changes,
});

export const newCode = (codeHash = newHash()) => ({
  codeHash,
  clientId: 'https://client.example/app',
  userId: 'alice',
  request: '{"scopes":["read"]}',
  expiresAt: 2_000,
});

/** Stores a grant and its first tokens. */
export async function createGrant(store: Store, changes: Partial<NewOauthGrant> = {}) {
  const tokens = newTokens();
  return { grant: await store.createOauthGrant(newGrant(changes), tokens), tokens };
}

export const GRACE_MS = 60_000;
