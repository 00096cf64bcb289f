/** Returns ` Did you mean …?` for the candidate that is most similar to a mistyped word; an empty string if none is. */
export function suggest(word: string, candidates: readonly string[]): string {
  const maxDistance = word.length < 4 ? 1 : 2;
  const [best] = [...new Set(candidates)]
    .map((candidate) => ({
      candidate,
      distance: measureDistance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ candidate, distance }) => distance <= maxDistance && distance < candidate.length)
    .sort((a, b) => a.distance - b.distance);
  return best ? ` Did you mean ${best.candidate}?` : '';
}

/** Edits from one word to the other: insertions, deletions, replacements, and swaps of neighbours. */
function measureDistance(from: string, to: string): number {
  const rows = Array.from({ length: from.length + 1 }, (_, row) =>
    Array.from({ length: to.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= from.length; i += 1) {
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : replaced;
      (rows[i] as number[])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped);
    }
  }
  return at(from.length, to.length);
}
