import type { AppBlock, Icon, NewAdminKey, NewKey, NewPush, RegisteredClient, Store } from '@valetkey/server';

/** A promise of the store: its name and a check that rejects if the store breaks it. */
export type StorePromise = readonly [name: string, check: (store: Store) => Promise<void>];

let serial = 0;

/** Returns a key with a unique hash and client id, with these changes. */
export function newKey(changes: Partial<NewKey> = {}): NewKey {
  serial += 1;
  return {
    keyHash: serial.toString(16).padStart(64, '0'),
    userId: 'alice',
    kind: 'app',
    clientId: 'client-1',
    applicationName: 'An app',
    scopes: ['read', 'write'],
    isUrlKey: false,
    pushUrl: null,
    createdAt: 1_000,
    expiresAt: null,
    ...changes,
  };
}

/** Returns an admin key with a unique hash, with these changes. */
export function newAdminKey(changes: Partial<NewAdminKey> = {}): NewAdminKey {
  serial += 1;
  return {
    keyHash: serial.toString(16).padStart(64, '0'),
    truncatedKey: 'a1b2',
    description: 'A script',
    userId: null,
    scopeMode: 'global',
    scopes: [],
    createdBy: 'admin',
    createdAt: 1_000,
    ...changes,
  };
}

/** Returns a push with a unique delivery id, with these changes. */
export function newPush(changes: Partial<NewPush> = {}): NewPush {
  serial += 1;
  return {
    deliveryId: serial.toString(16).padStart(32, '0'),
    pushUrl: 'https://push.example/a',
    userId: 'alice',
    keyIds: [1, 2],
    notification: '{"topic_title":"Plums"}',
    createdAt: 1_000,
    ...changes,
  };
}

/** A `RecordBatch` that covers all records of a small table. */
export const firstBatch = { afterId: 0, limit: 100 } as const;

/** Parameters of `undoRevokeKey` in tests that do not depend on them. */
export const undoing = { restoredAt: 2_000, max: 99 } as const;

/** A blocked app. */
export const appBlock: AppBlock = {
  kind: 'host',
  value: 'evil.example',
  reason: 'It reads private messages.',
  createdAt: 7,
  createdBy: 'admin',
};

/** A registered client. */
export const client: RegisteredClient = {
  clientId: 'registered',
  applicationName: 'Registered',
  publicKey: 'PEM',
  authRedirect: 'myapp://callback',
  scopes: ['read'],
  createdAt: 5,
  createdFrom: '192.0.2.9',
};

/** Returns an icon that differs for each text. Every byte occurs in it. */
export const newIcon = (text = ''): Icon => ({
  hash: text.padStart(64, '0'),
  mediaType: 'image/png',
  bytes: Uint8Array.from([...Array(256).keys(), ...Buffer.from(text)]),
});
