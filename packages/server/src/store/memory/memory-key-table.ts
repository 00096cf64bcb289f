import type { KeyRecord, NewKey } from '../key-record.ts';

type Place = Pick<KeyRecord, 'userId' | 'kind' | 'clientId'>;

/** The keys in memory, and who lives where. */
export interface MemoryKeyTable {
  find(id: number): KeyRecord | null;
  findByHash(keyHash: string): KeyRecord | null;
  /** The one unrevoked key of this person, kind and client. */
  findUnrevoked(place: Place): KeyRecord | null;
  list(): KeyRecord[];
  /** Throws, and changes nothing, if the hash is taken. */
  insert(key: NewKey): KeyRecord;
  change(record: KeyRecord, changes: Partial<KeyRecord>): KeyRecord;
}

/** Where at most one key may live: a person, a kind and a client, as one text. */
const placeOf = ({ userId, kind, clientId }: Place): string => JSON.stringify([userId, kind, clientId]);

export function createMemoryKeyTable(): MemoryKeyTable {
  const keys = new Map<number, KeyRecord>();
  const idByHash = new Map<string, number>();
  const unrevokedIds = new Map<string, number>();
  let lastId = 0;

  const holdsPlace = (record: KeyRecord): boolean => record.revokedAt === null;
  const find = (id = 0): KeyRecord | null => keys.get(id) ?? null;

  return {
    find,
    findByHash: (keyHash) => find(idByHash.get(keyHash)),
    findUnrevoked: (place) => find(unrevokedIds.get(placeOf(place))),
    list: () => [...keys.values()],
    insert(key) {
      if (idByHash.has(key.keyHash)) throw new Error('A key with this hash is stored already.');
      lastId += 1;
      const record: KeyRecord = {
        ...key,
        id: lastId,
        lastUsedAt: null,
        lastUsedAddress: null,
        lastUsedAgent: null,
        revokedAt: null,
        revokedReason: null,
      };
      keys.set(record.id, record);
      unrevokedIds.set(placeOf(record), record.id);
      idByHash.set(record.keyHash, record.id);
      return record;
    },
    change(record, changes) {
      const changed = { ...record, ...changes };
      keys.set(record.id, changed);
      if (holdsPlace(record)) unrevokedIds.delete(placeOf(record));
      if (holdsPlace(changed)) unrevokedIds.set(placeOf(changed), changed.id);
      return changed;
    },
  };
}
