import type { Change } from '@valetkey/server';
import { statement, type Work } from '../database/statement.ts';
import { renderHint } from './change-hint.ts';

/** A node that missed more changes than this drops all that it has cached. */
const MAX_CHANGES = 10_000;

const advance = statement('UPDATE valetkey.change_counter SET number = number + :count RETURNING number');
const insert = statement(
  `INSERT INTO valetkey.changes (number, kind, id)
   SELECT CAST(value ->> 'number' AS BIGINT), :kind, value ->> 'id' FROM json_array_elements(CAST(:changes AS json))`,
);
const deleteOld = statement('DELETE FROM valetkey.changes WHERE number <= :number');
// Nodes read the changes from the table, so a lost notification only delays them.
const wake = statement("SELECT pg_catalog.pg_notify('valetkey_changes', :hint)", { runsOnSqlite: false });

/**
 * Records changes that the caches of other nodes must follow. Yield it last in a transaction: it locks the counter until
 * the commit, so that numbers have no gaps and the order of the commits.
 */
export function* recordChanges(kind: Change['kind'], ids: readonly string[]): Work<void> {
  const count = ids.length;
  if (count === 0) return;
  const [counter] = yield advance({ count });
  const last = Number(counter?.number);
  const changes = ids.map((id, index) => ({ number: last - count + 1 + index, id }));
  yield insert({ kind, changes: JSON.stringify(changes) });
  yield deleteOld({ number: last - MAX_CHANGES });
  yield wake({ hint: renderHint(kind, ids) });
}
