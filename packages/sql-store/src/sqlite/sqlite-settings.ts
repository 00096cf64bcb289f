import type { DatabaseSync } from 'node:sqlite';
import type { SettingStore } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import { createAuditAppender } from './sqlite-audit.ts';

/** The settings in SQLite. */
export function createSqliteSettings(database: DatabaseSync): SettingStore {
  const appendAudit = createAuditAppender(database);
  const all = database.prepare('SELECT name, value FROM settings');
  const upsert = database.prepare(
    'INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  // DO UPDATE without a change, because DO NOTHING returns no row.
  const insertIfAbsent = database.prepare(
    'INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value RETURNING value',
  );
  return {
    async listSettings() {
      return new Map(all.all().map((row) => [String(row.name), String(row.value)]));
    },
    async saveSettingIfAbsent(name, value) {
      return String(insertIfAbsent.get(name, value)?.value);
    },
    async saveSettings(values, audit) {
      inTransaction(database, () => {
        for (const [name, value] of values) {
          upsert.run(name, value);
          appendAudit(name, audit);
        }
      });
    },
  };
}
