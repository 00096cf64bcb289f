/**
 * Sorts changes of rows by id. Every transaction then locks rows in the same order, so that no two of them wait for each
 * other.
 */
export const inLockOrder = <Change extends { readonly id: number }>(
  changes: readonly Change[],
): readonly Change[] => changes.toSorted((one, other) => one.id - other.id);
