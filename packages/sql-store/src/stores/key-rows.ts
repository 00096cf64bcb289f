import type { AuditEventFactory, BatchEnd, RecordBatch } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Parameters, type Query, type Row, statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';

/** Part of a WHERE: true for keys that were neither used nor created nor restored since `:unusedSince`. */
export const IS_UNUSED =
  'greatest(created_at, coalesce(last_used_at, 0), coalesce(restored_at, 0)) < :unusedSince';

/** What user keys and admin keys share, because their tables share these columns. */
export interface KeyRows<Key> {
  find(id: number): Promise<Key | null>;
  findByHash(keyHash: string): Promise<Key | null>;
  /** Runs a query that returns the changed row, if any, and appends its audit event in the same transaction. */
  change(query: Query, audit: AuditEventFactory<Key> | undefined): Promise<Key | null>;
  /** Runs a statement with RETURNING * on the ids from `:afterId` (exclusive) to `:lastId` (inclusive). */
  changeBatch(
    change: (parameters: Parameters) => Query,
    parameters: RecordBatch & Parameters,
    audit?: AuditEventFactory<Key>,
  ): Promise<{ changed: Key[] } & BatchEnd>;
  /** The same for keys that had ended: no cache has to follow. */
  deleteBatch(
    remove: (parameters: Parameters) => Query,
    parameters: RecordBatch & Parameters,
  ): Promise<{ deleted: number } & BatchEnd>;
}

export function createKeyRows<Key extends { readonly keyHash: string }>(
  database: Database,
  table: 'user_api_keys' | 'admin_api_keys',
  fromRow: (row: Row) => Key,
): KeyRows<Key> {
  const byId = statement(`SELECT * FROM valetkey.${table} WHERE id = :id`);
  const byHash = statement(`SELECT * FROM valetkey.${table} WHERE key_hash = :keyHash`);
  const batchEnd = statement(
    `SELECT count(*) AS count, max(id) AS last_id
     FROM (SELECT id FROM valetkey.${table} WHERE id > :afterId ORDER BY id LIMIT :limit) AS batch`,
  );

  const kind = table === 'user_api_keys' ? 'key' : 'admin_key';

  function* runBatch(
    query: (parameters: Parameters) => Query,
    { afterId, limit, ...parameters }: RecordBatch & Parameters,
  ): Work<{ rows: readonly Row[] } & BatchEnd> {
    const [end] = yield batchEnd({ afterId, limit });
    const lastId = Number(end?.last_id ?? afterId);
    const rows = yield query({ ...parameters, afterId, lastId });
    return { rows, lastId: Number(end?.count) < limit ? null : lastId };
  }

  async function findOne(query: Query): Promise<Key | null> {
    const [row] = await database.run(query);
    return row ? fromRow(row) : null;
  }

  return {
    find: (id) => findOne(byId({ id })),
    findByHash: (keyHash) => findOne(byHash({ keyHash })),
    change: (query, audit) =>
      database.transaction(function* () {
        const [row] = yield query;
        const changed = yield* appendAudit(row ? fromRow(row) : null, audit);
        if (changed) yield* recordChanges(kind, [changed.keyHash]);
        return changed;
      }),
    changeBatch: (change, batch, audit) =>
      database.transaction(function* () {
        const { rows, lastId } = yield* runBatch(change, batch);
        const changed: Key[] = [];
        for (const row of rows) changed.push(yield* appendAudit(fromRow(row), audit));
        yield* recordChanges(
          kind,
          changed.map(({ keyHash }) => keyHash),
        );
        return { changed, lastId };
      }),
    deleteBatch: (remove, batch) =>
      database.transaction(function* () {
        const { rows, lastId } = yield* runBatch(remove, batch);
        return { deleted: rows.length, lastId };
      }),
  };
}
