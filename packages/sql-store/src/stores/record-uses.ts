import { statement, type Work } from '../database/statement.ts';
import { inBatches } from './in-batches.ts';

interface Use {
  readonly id: number;
  readonly usedAt: number;
}

/**
 * Creates work that stores the last uses of rows of this table. The rows are locked in the order of their ids, so that no two
 * nodes wait for each other. An earlier use than the stored one is ignored, unless a clock was wrong by a day.
 *
 * @param details whether the table has columns for IP address and user agent
 */
export function createRecordUses(
  table: 'user_api_keys' | 'admin_api_keys' | 'oauth_grants',
  { details }: { readonly details: boolean },
): (uses: readonly Use[]) => Work<void> {
  const lock = statement(
    `SELECT id FROM valetkey.${table}
     WHERE id IN (SELECT CAST(value ->> 'id' AS BIGINT) FROM json_array_elements(CAST(:uses AS json)))
     ORDER BY id FOR NO KEY UPDATE`,
    { runsOnSqlite: false },
  );
  const record = statement(
    `UPDATE valetkey.${table} AS stored SET last_used_at = used.used_at
       ${details ? ', last_used_ip_address = used.ip_address, last_used_user_agent = used.user_agent' : ''}
     FROM (SELECT CAST(value ->> 'id' AS BIGINT) AS id, CAST(value ->> 'usedAt' AS BIGINT) AS used_at,
             value ->> 'ipAddress' AS ip_address, value ->> 'userAgent' AS user_agent
           FROM json_array_elements(CAST(:uses AS json))) AS used
     WHERE stored.id = used.id
       AND (coalesce(stored.last_used_at, 0) <= used.used_at OR stored.last_used_at - 86400000 > used.used_at)`,
  );
  return function* (uses) {
    for (const batch of inBatches(latestById(uses))) {
      const parameters = { uses: JSON.stringify(batch, wellFormed) };
      yield lock(parameters);
      yield record(parameters);
    }
  };
}

/** A statement changes each row once. */
function latestById(uses: readonly Use[]): readonly Use[] {
  const latest = new Map<number, Use>();
  for (const use of uses) if (use.usedAt >= (latest.get(use.id)?.usedAt ?? 0)) latest.set(use.id, use);
  return [...latest.values()].sort((one, other) => one.id - other.id);
}

/** PostgreSQL rejects JSON with half of a surrogate pair, which a user agent can contain. */
const wellFormed = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value;
