import type { NewKey, RegisteredClient } from '../store/store.ts';

let serial = 0;

/** A key that no other has, with these changes. */
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
    createdAt: 1_000 + serial,
    expiresAt: null,
    ...changes,
  };
}

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
