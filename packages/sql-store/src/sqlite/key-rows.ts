import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AuditEventFactory, BatchEnd, RecordBatch } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import type { Row } from './rows.ts';
import { createAuditAppender } from './sqlite-audit.ts';

/** Part of a WHERE: true for keys that were neither used nor created nor restored since `:unusedSince`. */
export const IS_UNUSED =
  'max(created_at, coalesce(last_used_at, 0), coalesce(restored_at, 0)) < :unusedSince';

/** What user keys and admin keys share, because their tables share these columns. */
export interface KeyRows<Key> {
  find(id: number): Key | null;
  findByHash(keyHash: string): Key | null;
  /** Runs a statement that returns the changed row, if any, and appends its audit event in the same transaction. */
  change(statement: () => Row | undefined, audit: AuditEventFactory<Key> | undefined): Key | null;
  /** Runs a statement with RETURNING * on the ids from `:afterId` (exclusive) to `:lastId` (inclusive). */
  changeBatch(
    statement: StatementSync,
    parameters: RecordBatch & Readonly<Record<string, number | null>>,
    audit?: AuditEventFactory<Key>,
  ): { changed: Key[] } & BatchEnd;
}

export function createKeyRows<Key>(
  database: DatabaseSync,
  table: 'user_api_keys' | 'admin_api_keys',
  fromRow: (row: Row) => Key,
): KeyRows<Key> {
  const appendAudit = createAuditAppender(database);
  const byId = database.prepare(`SELECT * FROM ${table} WHERE id = ?`);
  const byHash = database.prepare(`SELECT * FROM ${table} WHERE key_hash = ?`);
  const batchEnd = database.prepare(
    `SELECT count(*) AS count, max(id) AS last_id
     FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
  );
  const keyOrNull = (row: Row | undefined) => (row ? fromRow(row) : null);

  return {
    find: (id) => keyOrNull(byId.get(id)),
    findByHash: (keyHash) => keyOrNull(byHash.get(keyHash)),
    change: (statement, audit) => inTransaction(database, () => appendAudit(keyOrNull(statement()), audit)),
    changeBatch: (statement, { afterId, limit, ...parameters }, audit) =>
      inTransaction(database, () => {
        const end = batchEnd.get(afterId, limit);
        const lastId = Number(end?.last_id ?? afterId);
        const rows = statement.all({ ...parameters, afterId, lastId });
        return {
          changed: rows.map((row) => appendAudit(fromRow(row), audit)),
          lastId: Number(end?.count) < limit ? null : lastId,
        };
      }),
  };
}
