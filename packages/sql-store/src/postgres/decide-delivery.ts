import type { Change } from '@valetkey/server';
import type { Row } from '../database/statement.ts';

/** What a read of the change table means for the caches. */
export type Delivery =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  /** Changes are missing: everything that is cached may be outdated. */
  | { readonly kind: 'gap' };

/**
 * Decides what to deliver. Numbers have no gaps and the order of the commits, so all changes after `cursor` are known if,
 * and only if, their numbers lead from there to the counter.
 *
 * @param cursor the number of the last delivered change; null if there is none on this connection and this server
 * @param counter the number of the last committed change
 * @param rows the changes after the cursor, in order
 */
export function decideDelivery(cursor: number | null, counter: number, rows: readonly Row[]): Delivery {
  if (cursor === null || counter - cursor !== rows.length) return { kind: 'gap' };
  const isComplete = rows.every(({ number }, index) => number === cursor + 1 + index);
  return isComplete ? { kind: 'changes', changes: rows.map(changeFromRow) } : { kind: 'gap' };
}

const changeFromRow = ({ kind, id }: Row): Change => ({ kind: kind as Change['kind'], id: String(id) });
