import { deepEqual, equal } from 'node:assert/strict';
import type { StorePromise } from './conformance-fixtures.ts';

/** The promises of `OneTimePasswordStore`. */
export const oneTimePasswordPromises: readonly StorePromise[] = [
  [
    'consumeOneTimePassword: succeeds for one of ten concurrent calls, and for none after its expiry',
    async (store) => {
      const password = {
        passwordHash: 'a'.repeat(64),
        userId: 'alice',
        keyHash: 'f'.repeat(64),
        authRedirect: 'https://app.example/cb',
        applicationName: 'An app',
        expiresAt: 100,
      };
      await store.saveOneTimePassword(password, 1);
      await store.saveOneTimePassword({ ...password, passwordHash: 'b'.repeat(64) }, 1);
      deepEqual(await store.findOneTimePassword(password.passwordHash, 99), password);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.consumeOneTimePassword(password.passwordHash, 99)),
      );
      deepEqual(
        outcomes.filter((outcome) => outcome !== null),
        [password],
      );
      equal(await store.findOneTimePassword(password.passwordHash, 99), null);
      equal(await store.findOneTimePassword('b'.repeat(64), 100), null);
      equal(await store.consumeOneTimePassword('b'.repeat(64), 100), null);
      equal(await store.consumeOneTimePassword('c'.repeat(64), 1), null);
      // An earlier time shows that it is deleted, not only expired.
      const later = { ...password, keyHash: null, passwordHash: 'd'.repeat(64), expiresAt: 200 };
      await store.saveOneTimePassword({ ...later, passwordHash: 'e'.repeat(64), expiresAt: 150 }, 140);
      await store.saveOneTimePassword(later, 150);
      equal(await store.findOneTimePassword('e'.repeat(64), 1), null);
      deepEqual(await store.findOneTimePassword(later.passwordHash, 199), later);
    },
  ],
];
