import type { AppBlock, AppBlockStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Row, statement } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { textOrNull } from './rows.ts';

const all = statement('SELECT * FROM valetkey.app_blocks ORDER BY created_at DESC, value');
const upsert = statement(
  `INSERT INTO valetkey.app_blocks (kind, value, reason, created_at, created_by)
   VALUES (:kind, :value, :reason, :createdAt, :createdBy)
   ON CONFLICT (kind, value) DO UPDATE
   SET reason = excluded.reason, created_at = excluded.created_at, created_by = excluded.created_by`,
);
const remove = statement('DELETE FROM valetkey.app_blocks WHERE kind = :kind AND value = :value RETURNING *');
const byReceiver = statement(
  `SELECT name, auth_redirect, push_url, count(*) AS count FROM (
     SELECT application_name AS name, auth_redirect, push_url FROM valetkey.user_api_keys
     WHERE kind = 'app' AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > :now) AND (retires_at IS NULL OR retires_at > :now)
     UNION ALL
     SELECT client_name, auth_redirect, NULL FROM valetkey.oauth_grants
     WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)) AS active
   GROUP BY name, auth_redirect, push_url ORDER BY count(*) DESC`,
);

/** The blocked apps. */
export function createAppBlocks(database: Database): AppBlockStore {
  return {
    listAppBlocks: async () => (await database.run(all())).map(blockFromRow),
    saveAppBlock: (block, audit) =>
      database.transaction(function* () {
        const { kind, value, reason, createdAt, createdBy } = block;
        yield upsert({ kind, value, reason, createdAt, createdBy });
        yield* appendAudit(block, audit);
        yield* recordChanges('block', [`${kind}:${value}`]);
      }),
    deleteAppBlock: ({ kind, value }, audit) =>
      database.transaction(function* () {
        const [row] = yield remove({ kind, value });
        const deleted = yield* appendAudit(row ? blockFromRow(row) : null, audit);
        if (deleted) yield* recordChanges('block', [`${kind}:${value}`]);
        return deleted;
      }),
    async listAppsByReceiver(now) {
      const rows = await database.run(byReceiver({ now }));
      return rows.map((row) => ({
        applicationName: String(row.name),
        authRedirect: textOrNull(row.auth_redirect),
        pushUrl: textOrNull(row.push_url),
        activeKeys: Number(row.count),
      }));
    },
  };
}

function blockFromRow(row: Row): AppBlock {
  return {
    kind: row.kind as AppBlock['kind'],
    value: String(row.value),
    reason: String(row.reason),
    createdAt: Number(row.created_at),
    createdBy: String(row.created_by),
  };
}
