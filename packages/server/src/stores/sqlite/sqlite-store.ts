import type { Store } from '../../ports/store.ts';
import { openDatabase } from './open-database.ts';
import { createSqliteAdminKeys } from './sqlite-admin-keys.ts';
import { createSqliteAudit } from './sqlite-audit.ts';
import { createSqliteClients } from './sqlite-clients.ts';
import { createSqliteGrants } from './sqlite-grants.ts';
import { createKeyReplacement, createSqliteKeys } from './sqlite-keys.ts';
import { createSqliteOneTimePasswords } from './sqlite-one-time-passwords.ts';
import { createSqlitePersonalKeys } from './sqlite-personal-keys.ts';
import { createSqlitePushes } from './sqlite-pushes.ts';
import { createSqliteSettings } from './sqlite-settings.ts';

/**
 * The store in one SQLite file, for a site that is one process. Durable at commit.
 *
 * @param options.path file to open or create; `:memory:` for one that vanishes
 */
export function createSqliteStore(options: { path: string }): Store {
  const database = openDatabase(options.path);
  const replaceKey = createKeyReplacement(database);
  return {
    ...createSqliteKeys(database, replaceKey),
    ...createSqlitePersonalKeys(database),
    ...createSqliteAdminKeys(database),
    ...createSqliteAudit(database),
    ...createSqliteClients(database),
    ...createSqliteGrants(database, replaceKey),
    ...createSqliteOneTimePasswords(database),
    ...createSqlitePushes(database),
    ...createSqliteSettings(database),
    async close() {
      database.close();
    },
  };
}
