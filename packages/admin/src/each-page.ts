const LIMIT = 500;

/** Yields the records of all pages, one page in memory at a time. */
export async function* eachRecord<Item, Cursor>(
  loadPage: (after: Cursor | null, limit: number) => Promise<readonly Item[]>,
  cursorOf: (item: Item) => Cursor,
): AsyncGenerator<Item> {
  let after: Cursor | null = null;
  for (;;) {
    const page: readonly Item[] = await loadPage(after, LIMIT);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < LIMIT) return;
    after = cursorOf(last);
  }
}
