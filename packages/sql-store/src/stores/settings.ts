import type { SettingStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';

const all = statement('SELECT name, value FROM valetkey.settings');
const upsert = statement(
  `INSERT INTO valetkey.settings (name, value) VALUES (:name, :value)
   ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
);
// DO UPDATE without a change, because DO NOTHING returns no row.
const insertIfAbsent = statement(
  `INSERT INTO valetkey.settings (name, value) VALUES (:name, :value)
   ON CONFLICT (name) DO UPDATE SET value = settings.value RETURNING value`,
);

/** The settings. */
export function createSettings(database: Database): SettingStore {
  return {
    async listSettings() {
      const rows = await database.run(all());
      return new Map(rows.map((row) => [String(row.name), String(row.value)]));
    },
    async saveSettingIfAbsent(name, value) {
      const [row] = await database.run(insertIfAbsent({ name, value }));
      return String(row?.value);
    },
    saveSettings: (values, audit) =>
      database.transaction(function* () {
        for (const [name, value] of values) {
          yield upsert({ name, value });
          yield* appendAudit(name, audit);
        }
        yield* recordChanges('setting', [...values.keys()]);
      }),
  };
}
