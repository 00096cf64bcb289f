import type { KeyNetwork, KeyUseCount, KeyUseStore } from '../../ports/key-use-store.ts';

/** The counts of uses in memory. */
export function createMemoryKeyUses(): KeyUseStore {
  const counts = new Map<string, KeyUseCount>();
  const networks = new Map<string, KeyNetwork>();

  return {
    async addKeyUses(added) {
      for (const use of added) {
        const slot = JSON.stringify([use.keyId, use.day, use.outcome]);
        counts.set(slot, { ...use, count: use.count + (counts.get(slot)?.count ?? 0) });
      }
    },
    async listKeyUses({ keyIds, sinceDay }) {
      const wanted = new Set(keyIds);
      return [...counts.values()].filter(({ keyId, day }) => wanted.has(keyId) && day >= sinceDay);
    },
    async sumKeyUses({ sinceDay }) {
      const recent = [...counts.values()].filter(({ day }) => day >= sinceDay);
      const groups = Map.groupBy(recent, ({ day, outcome }) => JSON.stringify([day, outcome]));
      return [...groups.values()].flatMap((group) => {
        const [first] = group;
        if (!first) return [];
        const count = group.reduce((sum, use) => sum + use.count, 0);
        return [{ day: first.day, outcome: first.outcome, count }];
      });
    },
    async listRefusedKeys({ sinceDay, limit }) {
      const refused = [...counts.values()].filter(
        ({ day, outcome }) => day >= sinceDay && outcome !== 'allowed',
      );
      return [...Map.groupBy(refused, ({ keyId }) => keyId)]
        .map(([keyId, uses]) => ({ keyId, count: uses.reduce((sum, use) => sum + use.count, 0) }))
        .sort((one, other) => other.count - one.count || one.keyId - other.keyId)
        .slice(0, limit);
    },
    async addKeyNetworks(added) {
      for (const one of added) networks.set(JSON.stringify([one.keyId, one.day, one.network]), one);
    },
    async listKeysOfManyNetworks({ sinceDay, min, limit }) {
      const recent = [...networks.values()].filter(({ day }) => day >= sinceDay);
      const days = [...Map.groupBy(recent, ({ keyId, day }) => `${keyId} ${day}`).values()];
      const most = new Map<number, number>();
      for (const { 0: first, length: count } of days)
        if (first && count >= min) most.set(first.keyId, Math.max(count, most.get(first.keyId) ?? 0));
      return [...most]
        .map(([keyId, count]) => ({ keyId, count }))
        .sort((one, other) => other.count - one.count || one.keyId - other.keyId)
        .slice(0, limit);
    },
    async deleteOldKeyUses({ beforeDay }) {
      for (const [slot, { day }] of networks) if (day < beforeDay) networks.delete(slot);
      for (const [slot, { day }] of counts) if (day < beforeDay) counts.delete(slot);
    },
  };
}
