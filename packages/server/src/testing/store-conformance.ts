import type { Store } from '../ports/store.ts';
import { adminKeyPromises } from './admin-key-conformance.ts';
import { auditPromises } from './audit-conformance.ts';
import { auditedChangePromises } from './audited-change-conformance.ts';
import { clientPromises } from './client-conformance.ts';
import { grantPromises } from './grant-conformance.ts';
import { keyPromises } from './key-conformance.ts';
import { oneTimePasswordPromises } from './one-time-password-conformance.ts';
import { personalKeyPromises } from './personal-key-conformance.ts';
import { pushPromises } from './push-conformance.ts';
import { revokedKeyPromises } from './revoked-key-conformance.ts';
import { settingPromises } from './setting-conformance.ts';

/** One promise of the `Store` interface, to be run by any test runner. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * Every promise of the `Store` interface as a test case, races included. A store is fit for use when all pass.
 *
 * @param createStore makes an empty store; called once for each case, and the store is closed after it
 * @example
 * ```ts
 * for (const { name, run } of storeConformance(() => createMemoryStore())) test(name, run);
 * ```
 */
export function storeConformance(createStore: () => Store | Promise<Store>): ConformanceCase[] {
  const all = [
    ...keyPromises,
    ...revokedKeyPromises,
    ...adminKeyPromises,
    ...auditPromises,
    ...auditedChangePromises,
    ...clientPromises,
    ...grantPromises,
    ...oneTimePasswordPromises,
    ...personalKeyPromises,
    ...pushPromises,
    ...settingPromises,
  ];
  return all.map(([name, check]) => ({
    name,
    async run() {
      const store = await createStore();
      try {
        await check(store);
      } finally {
        await store.close();
      }
    },
  }));
}
