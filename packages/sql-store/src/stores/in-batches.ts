/** Rows for one statement: enough for speed, and few enough that other work of the database runs between two. */
const BATCH_SIZE = 500;

/** Splits rows for statements that take many of them. */
export function* inBatches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += BATCH_SIZE) yield items.slice(start, start + BATCH_SIZE);
}
