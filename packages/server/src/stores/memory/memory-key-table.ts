import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import type { AuditEventFactory } from '../../ports/audit-store.ts';
import type { MemoryAudit } from './memory-audit.ts';

type Place = Pick<KeyRecord, 'userId' | 'kind' | 'clientId'>;

/** The keys in memory, and who lives where. */
export interface MemoryKeyTable {
  find(id: number): KeyRecord | null;
  findByHash(keyHash: string): KeyRecord | null;
  /** The one unrevoked key of this person, kind and client; one that is retiring has made room. */
  findUnrevoked(place: Place): KeyRecord | null;
  list(): KeyRecord[];
  remove(record: KeyRecord): void;
  /** Throws, and changes nothing, if the hash is taken or the event cannot be written down. */
  insert(key: NewKey, audit?: AuditEventFactory<KeyRecord>): KeyRecord;
  change(record: KeyRecord, changes: Partial<KeyRecord>, audit?: AuditEventFactory<KeyRecord>): KeyRecord;
}

/** Where at most one key may live: a person, a kind and a client, as one text. */
const placeOf = ({ userId, kind, clientId }: Place): string => JSON.stringify([userId, kind, clientId]);

export function createMemoryKeyTable({ appendAudit }: Pick<MemoryAudit, 'appendAudit'>): MemoryKeyTable {
  const keys = new Map<number, KeyRecord>();
  const idByHash = new Map<string, number>();
  const unrevokedIds = new Map<string, number>();
  let lastId = 0;

  const holdsPlace = ({ revokedAt, retiresAt }: KeyRecord): boolean =>
    revokedAt === null && retiresAt === null;
  const find = (id = 0): KeyRecord | null => keys.get(id) ?? null;

  return {
    find,
    findByHash: (keyHash) => find(idByHash.get(keyHash)),
    findUnrevoked: (place) => find(unrevokedIds.get(placeOf(place))),
    list: () => [...keys.values()],
    remove(record) {
      keys.delete(record.id);
      idByHash.delete(record.keyHash);
      if (unrevokedIds.get(placeOf(record)) === record.id) unrevokedIds.delete(placeOf(record));
    },
    insert(key, audit) {
      if (idByHash.has(key.keyHash)) throw new Error('A key with this hash is stored already.');
      const record: KeyRecord = {
        allowedIpAddresses: null,
        ...key,
        id: lastId + 1,
        retiresAt: null,
        lastUsedAt: null,
        lastUsedIpAddress: null,
        lastUsedUserAgent: null,
        revokedAt: null,
        revokedReason: null,
        restoredAt: null,
      };
      appendAudit(audit, [record]);
      lastId = record.id;
      keys.set(record.id, record);
      unrevokedIds.set(placeOf(record), record.id);
      idByHash.set(record.keyHash, record.id);
      return record;
    },
    change(record, changes, audit) {
      const changed = { ...record, ...changes };
      appendAudit(audit, [changed]);
      keys.set(record.id, changed);
      if (unrevokedIds.get(placeOf(record)) === record.id) unrevokedIds.delete(placeOf(record));
      if (holdsPlace(changed)) unrevokedIds.set(placeOf(changed), changed.id);
      return changed;
    },
  };
}
