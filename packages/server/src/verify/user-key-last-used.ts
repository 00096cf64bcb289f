import type { KeyRecord } from '../core/key/key-record.ts';
import { isLaterUse, notInFuture } from '../core/key/last-use.ts';
import type { Refusal } from '../core/refusal.ts';
import type { OauthGrant } from '../ports/oauth-grant-store.ts';
import type { Store } from '../ports/store.ts';
import { createKeyNetworks } from './key-networks.ts';
import { createKeyUseCounts } from './key-use-counts.ts';
import { createLastUsed, type LastUsed, updateUse } from './last-used.ts';

/** Returns the id that the counts of an OAuth grant have: negative, because ids of keys and grants are independent. */
export const countedGrantId = (grantId: number): number => -grantId;

/** The last uses of user keys and of OAuth grants, whose ids are independent of each other. */
export interface UserKeyLastUsed extends Pick<LastUsed, 'note' | 'flush'> {
  /** Counts a refusal of a key or of a grant. */
  noteRefusal(record: Pick<KeyRecord, 'id' | 'kind'>, refusal: Refusal, at: number): void;
  /** Returns the record with its last use, stored or not. */
  addTo(record: KeyRecord): KeyRecord;
  addToGrant(grant: OauthGrant): OauthGrant;
}

export function createUserKeyLastUsed(
  store: Pick<Store, 'addKeyUses' | 'addKeyNetworks' | 'recordKeysUsed' | 'recordOauthGrantsUsed'>,
  now: () => number,
): UserKeyLastUsed {
  const counts = createKeyUseCounts((uses) => store.addKeyUses(uses));
  const networks = createKeyNetworks((found) => store.addKeyNetworks(found));
  const ofKeys = createLastUsed((uses) => store.recordKeysUsed(uses), counts.countAllowed);
  const ofGrants = createLastUsed(
    (uses) => store.recordOauthGrantsUsed(uses),
    (id, ...use) => counts.countAllowed(countedGrantId(id), ...use),
  );

  function add<Used extends { readonly id: number; readonly lastUsedAt: number | null }>(
    record: Used,
    lastUsed: LastUsed,
  ): Used {
    const use = lastUsed.find(record.id);
    if (!use || !isLaterUse(use.usedAt, record.lastUsedAt)) return notInFuture(record, now());
    const { usedAt: lastUsedAt, ipAddress: lastUsedIpAddress, userAgent: lastUsedUserAgent } = use;
    return notInFuture({ ...record, lastUsedAt, lastUsedIpAddress, lastUsedUserAgent }, now());
  }

  return {
    note(key, usedAt, from) {
      if (key.usedIpAddress !== from.ipAddress) {
        const { kind, id } = key.record;
        networks.note(kind === 'oauth' ? countedGrantId(id) : id, usedAt, from.ipAddress);
      }
      if (key.isUsePending) updateUse(key, usedAt, from);
      else (key.record.kind === 'oauth' ? ofGrants : ofKeys).note(key, usedAt, from);
    },
    noteRefusal({ kind, id }, refusal, at) {
      counts.countRefused(kind === 'oauth' ? countedGrantId(id) : id, at, refusal);
    },
    addTo: (record) => add(record, record.kind === 'oauth' ? ofGrants : ofKeys),
    addToGrant: (grant) => add(grant, ofGrants),
    async flush() {
      await ofKeys.flush();
      await ofGrants.flush();
      await counts.flush();
      await networks.flush();
    },
  };
}
