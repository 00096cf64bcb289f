import type { KeyUseStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Row, statement } from '../database/statement.ts';
import { inBatches } from './in-batches.ts';

// Rows are changed in the same order on every node, so that no two transactions wait for each other.
const add = statement(
  `INSERT INTO valetkey.user_api_key_uses (key_id, day, outcome, count)
   SELECT CAST(value ->> 'keyId' AS BIGINT), CAST(value ->> 'day' AS BIGINT), value ->> 'outcome',
     sum(CAST(value ->> 'count' AS BIGINT))
   FROM json_array_elements(CAST(:uses AS json)) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
   ON CONFLICT (key_id, day, outcome) DO UPDATE SET count = user_api_key_uses.count + excluded.count`,
);
const ofKeys = statement(
  `SELECT * FROM valetkey.user_api_key_uses WHERE day >= :sinceDay
     AND key_id IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:keyIds AS json)))`,
);
const sums = statement(
  `SELECT day, outcome, sum(count) AS count FROM valetkey.user_api_key_uses
   WHERE day >= :sinceDay GROUP BY day, outcome`,
);
const refused = statement(
  `SELECT key_id, sum(count) AS count FROM valetkey.user_api_key_uses
   WHERE day >= :sinceDay AND outcome <> 'allowed' GROUP BY key_id ORDER BY sum(count) DESC, key_id LIMIT :limit`,
);
const addNetworks = statement(
  `INSERT INTO valetkey.user_api_key_networks (key_id, day, network)
   SELECT CAST(value ->> 'keyId' AS BIGINT), CAST(value ->> 'day' AS BIGINT), CAST(value ->> 'network' AS BIGINT)
   FROM json_array_elements(CAST(:networks AS json)) WHERE true ORDER BY 1, 2, 3
   ON CONFLICT (key_id, day, network) DO NOTHING`,
);
const ofManyNetworks = statement(
  `SELECT key_id, max(count) AS count FROM (
     SELECT key_id, count(*) AS count FROM valetkey.user_api_key_networks
     WHERE day >= :sinceDay GROUP BY key_id, day HAVING count(*) >= :min) AS days
   GROUP BY key_id ORDER BY max(count) DESC, key_id LIMIT :limit`,
);
const deleteOldNetworks = statement('DELETE FROM valetkey.user_api_key_networks WHERE day < :beforeDay');
const deleteOld = statement('DELETE FROM valetkey.user_api_key_uses WHERE day < :beforeDay');

/** The counts of uses per day. */
export function createKeyUses(database: Database): KeyUseStore {
  return {
    addKeyUses: (counts) =>
      database.transaction(function* () {
        for (const batch of inBatches(byKey(counts))) yield add({ uses: JSON.stringify(batch) });
      }),
    async listKeyUses({ keyIds, sinceDay }) {
      const found = await database.run(ofKeys({ keyIds: JSON.stringify(keyIds), sinceDay }));
      return found.map((row) => ({ keyId: Number(row.key_id), ...useFromRow(row) }));
    },
    async sumKeyUses({ sinceDay }) {
      return (await database.run(sums({ sinceDay }))).map(useFromRow);
    },
    async listRefusedKeys(query) {
      const rows = await database.run(refused({ ...query }));
      return rows.map((row) => ({ keyId: Number(row.key_id), count: Number(row.count) }));
    },
    addKeyNetworks: (networks) =>
      database.transaction(function* () {
        for (const batch of inBatches(byKey(networks)))
          yield addNetworks({ networks: JSON.stringify(batch) });
      }),
    async listKeysOfManyNetworks(query) {
      const rows = await database.run(ofManyNetworks({ ...query }));
      return rows.map((row) => ({ keyId: Number(row.key_id), count: Number(row.count) }));
    },
    deleteOldKeyUses: ({ beforeDay }) =>
      database.transaction(function* () {
        yield deleteOld({ beforeDay });
        yield deleteOldNetworks({ beforeDay });
      }),
  };
}

const byKey = <Of extends { readonly keyId: number }>(items: readonly Of[]): readonly Of[] =>
  items.toSorted((one, other) => one.keyId - other.keyId);

const useFromRow = (row: Row) => ({
  day: Number(row.day),
  outcome: String(row.outcome),
  count: Number(row.count),
});
