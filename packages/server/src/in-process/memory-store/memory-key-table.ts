import type { AuditEventFactory } from '../../core/audit/audit-event.ts';
import type { KeyRecord, NewKey } from '../../core/key/key-record.ts';
import type { MemoryAudit } from './memory-audit.ts';
import { createMemoryKeyRecords, type MemoryKeyRecords } from './memory-key-records.ts';
import { createUserIndex } from './user-index.ts';

type Slot = Pick<KeyRecord, 'userId' | 'kind' | 'clientId'>;

/** The user keys in memory, with an index by user and one of the key in each slot. */
export interface MemoryKeyTable extends MemoryKeyRecords<KeyRecord> {
  /** Returns the one key of this user, kind and client that is neither revoked nor retiring. */
  findUnrevoked(slot: Slot): KeyRecord | null;
  /** Returns all keys of this user. */
  listOfUser(userId: string): KeyRecord[];
  /** Returns those that are not revoked. A user who logs in often has many revoked keys. */
  listUnrevoked(userId: string): KeyRecord[];
  insertNew(key: NewKey, audit?: AuditEventFactory<KeyRecord>): KeyRecord;
}

/** At most one key has a slot: a user, a kind and a client, as one text. */
const slotOf = ({ userId, kind, clientId }: Slot): string => JSON.stringify([userId, kind, clientId]);

const hasSlot = ({ revokedAt, retiresAt }: KeyRecord): boolean => revokedAt === null && retiresAt === null;

export function createMemoryKeyTable(audits: Pick<MemoryAudit, 'appendAudit'>): MemoryKeyTable {
  const records = createMemoryKeyRecords<KeyRecord>(audits);
  const idBySlot = new Map<string, number>();
  const ofUser = createUserIndex();
  const unrevoked = createUserIndex();

  function leaveSlot(key: KeyRecord): void {
    if (idBySlot.get(slotOf(key)) === key.id) idBySlot.delete(slotOf(key));
  }

  return {
    ...records,
    findUnrevoked: (slot) => records.find(idBySlot.get(slotOf(slot)) ?? 0),
    listOfUser: (userId) => ofUser.idsOf(userId).flatMap((id) => records.find(id) ?? []),
    listUnrevoked: (userId) => unrevoked.idsOf(userId).flatMap((id) => records.find(id) ?? []),
    insertNew(key, audit) {
      const unused = { lastUsedAt: null, lastUsedIpAddress: null, lastUsedUserAgent: null };
      const state = {
        sentClientId: null,
        retiresAt: null,
        revokedAt: null,
        revokedReason: null,
        restoredAt: null,
      };
      const record = records.insert(
        { allowedIpAddresses: null, authRedirect: null, ...key, ...unused, ...state },
        audit,
      );
      idBySlot.set(slotOf(record), record.id);
      ofUser.add(record);
      unrevoked.add(record);
      return record;
    },
    change(key, changes, audit) {
      const changed = records.change(key, changes, audit);
      leaveSlot(key);
      if (hasSlot(changed)) idBySlot.set(slotOf(changed), changed.id);
      if (changed.revokedAt === null) unrevoked.add(changed);
      else unrevoked.remove(changed);
      return changed;
    },
    remove(key) {
      records.remove(key);
      ofUser.remove(key);
      unrevoked.remove(key);
      leaveSlot(key);
    },
  };
}
