import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import type { BatchEnd, RecordBatch, RecordPage } from '../../ports/record-batch.ts';
import type { MemoryAudit } from './memory-audit.ts';

/** The properties that user keys and admin keys share. */
interface StoredKey {
  readonly id: number;
  readonly keyHash: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly restoredAt: number | null;
}

/** The records of user keys or of admin keys, in the order of their ids. */
export interface MemoryKeyRecords<Key extends StoredKey> {
  find(id: number): Key | null;
  findByHash(keyHash: string): Key | null;
  list(): Key[];
  listPage(page: RecordPage, isListed?: (key: Key) => boolean): Key[];
  nextBatch(batch: RecordBatch): { batch: Key[] } & BatchEnd;
  /** Throws, and changes nothing, if the hash exists or the audit event cannot be created. */
  insert(key: Omit<Key, 'id'>, audit?: AuditEventFactory<Key>): Key;
  change(key: Key, changes: Partial<Key>, audit?: AuditEventFactory<Key>): Key;
  remove(key: Key): void;
}

export function createMemoryKeyRecords<Key extends StoredKey>({
  appendAudit,
}: Pick<MemoryAudit, 'appendAudit'>): MemoryKeyRecords<Key> {
  const keys = new Map<number, Key>();
  const idByHash = new Map<string, number>();
  let lastId = 0;
  const list = () => [...keys.values()];

  return {
    list,
    find: (id) => keys.get(id) ?? null,
    findByHash: (keyHash) => keys.get(idByHash.get(keyHash) ?? 0) ?? null,
    listPage({ beforeId = null, limit = 100 }, isListed = () => true) {
      const older = list().filter((key) => (beforeId === null || key.id < beforeId) && isListed(key));
      return older.reverse().slice(0, limit);
    },
    nextBatch({ afterId, limit }) {
      const batch: Key[] = [];
      // Ids ascend without reuse, so walking them avoids copying all keys for each batch.
      for (let id = afterId + 1; id <= lastId && batch.length < limit; id += 1) {
        const key = keys.get(id);
        if (key) batch.push(key);
      }
      return { batch, lastId: batch.length < limit ? null : (batch.at(-1)?.id ?? null) };
    },
    insert(key, audit) {
      if (idByHash.has(key.keyHash)) throw new Error('A key with this hash is stored already.');
      const record = { ...key, id: lastId + 1 } as Key;
      appendAudit(audit, [record]);
      lastId = record.id;
      keys.set(record.id, record);
      idByHash.set(record.keyHash, record.id);
      return record;
    },
    change(key, changes, audit) {
      const changed = { ...key, ...changes };
      appendAudit(audit, [changed]);
      keys.set(key.id, changed);
      return changed;
    },
    remove({ id, keyHash }) {
      keys.delete(id);
      idByHash.delete(keyHash);
    },
  };
}

/** Returns whether a key was neither used nor created nor restored since this time. */
export function isUnusedSince(
  { createdAt, lastUsedAt, restoredAt }: Pick<StoredKey, 'createdAt' | 'lastUsedAt' | 'restoredAt'>,
  since: number,
): boolean {
  return Math.max(createdAt, lastUsedAt ?? 0, restoredAt ?? 0) < since;
}
