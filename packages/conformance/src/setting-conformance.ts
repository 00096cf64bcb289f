import { deepEqual, equal } from 'node:assert/strict';
import type { StorePromise } from './conformance-fixtures.ts';

/** The promises of `SettingStore`. */
export const settingPromises: readonly StorePromise[] = [
  [
    'saveSettings: stores the latest value of each setting, of one or several',
    async (store) => {
      await store.saveSettings(new Map([['cors_origins', 'a']]));
      await store.saveSettings(
        new Map([
          ['cors_origins', 'b'],
          ['audit_retention_days', '7'],
        ]),
      );
      const stored = [...(await store.listSettings())].map((entry) => entry.join(' ')).sort();
      deepEqual(stored, ['audit_retention_days 7', 'cors_origins b']);
    },
  ],
  [
    'saveSettingIfAbsent: returns one value to all concurrent calls',
    async (store) => {
      const first = await Promise.all(
        ['a', 'b', 'c'].map((value) => store.saveSettingIfAbsent('made_up', value)),
      );
      equal(new Set(first).size, 1);
      deepEqual([...(await store.listSettings())], [['made_up', first[0]]]);
      await store.saveSettings(new Map([['made_up', 'd']]));
      equal(await store.saveSettingIfAbsent('made_up', 'e'), 'd');
    },
  ],
];
