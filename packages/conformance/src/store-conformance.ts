import type { MaybePromise, Store } from '@valetkey/server';
import { adminKeyPromises } from './admin-key-conformance.ts';
import { appBlockPromises } from './app-block-conformance.ts';
import { auditPromises } from './audit-conformance.ts';
import { auditedChangePromises } from './audited-change-conformance.ts';
import { clientPromises } from './client-conformance.ts';
import { clientIconPromises } from './client-icon-conformance.ts';
import { foundKeyPromises } from './found-key-conformance.ts';
import { grantPromises } from './grant-conformance.ts';
import { keyPromises } from './key-conformance.ts';
import { keyUsePromises } from './key-use-conformance.ts';
import { oauthClientPromises } from './oauth-client-conformance.ts';
import { oauthGrantPromises } from './oauth-grant-conformance.ts';
import { oauthGrantSearchPromises } from './oauth-grant-search-conformance.ts';
import { oauthTokenPromises } from './oauth-token-conformance.ts';
import { oneTimePasswordPromises } from './one-time-password-conformance.ts';
import { personalKeyPromises } from './personal-key-conformance.ts';
import { pushPromises } from './push-conformance.ts';
import { revokedKeyPromises } from './revoked-key-conformance.ts';
import { settingPromises } from './setting-conformance.ts';

/** One promise of an interface, such as `Store`, for any test runner. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * Returns every promise of the `Store` interface as a test case, races included. The calls of a case go to two stores in
 * turn, so a case also tests what one node sees of the other's changes. A store is correct if all cases pass.
 *
 * @param openStores opens two stores on one empty database. Called once for each case, which closes both. A store that cannot
 * be opened twice returns the same object twice
 * @example
 * ```ts
 * const openStores = () => {
 *   const store = createMemoryStore();
 *   return [store, store] as const;
 * };
 * for (const { name, run } of storeConformance(openStores)) test(name, run);
 * ```
 */
export function storeConformance(openStores: () => MaybePromise<readonly [Store, Store]>): ConformanceCase[] {
  const all = [
    ...keyPromises,
    ...foundKeyPromises,
    ...keyUsePromises,
    ...revokedKeyPromises,
    ...adminKeyPromises,
    ...appBlockPromises,
    ...auditPromises,
    ...auditedChangePromises,
    ...clientIconPromises,
    ...clientPromises,
    ...grantPromises,
    ...oauthClientPromises,
    ...oauthGrantPromises,
    ...oauthGrantSearchPromises,
    ...oauthTokenPromises,
    ...oneTimePasswordPromises,
    ...personalKeyPromises,
    ...pushPromises,
    ...settingPromises,
  ];
  return all.map(([name, check]) => ({
    name,
    async run() {
      const stores = await openStores();
      try {
        await check(alternate(stores));
      } finally {
        for (const store of new Set(stores)) await store.close();
      }
    },
  }));
}

/** Returns a store that sends every second call to the second store. */
function alternate([first, second]: readonly [Store, Store]): Store {
  let calls = 0;
  return new Proxy(first, {
    get(_, name) {
      calls += 1;
      const store = calls % 2 === 1 ? first : second;
      const method: unknown = Reflect.get(store, name);
      return typeof method === 'function' ? method.bind(store) : method;
    },
  });
}
