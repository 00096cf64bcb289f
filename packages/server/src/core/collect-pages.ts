const PAGE_SIZE = 500;

/**
 * Returns all records of a list, loaded page by page. The list is newest first; records that are added meanwhile are
 * not returned.
 */
export async function collectPages<ListedRecord extends { readonly id: number }>(
  listPage: (page: { beforeId: number | null; limit: number }) => Promise<ListedRecord[]>,
): Promise<ListedRecord[]> {
  const records: ListedRecord[] = [];
  let beforeId: number | null = null;
  do {
    const page: ListedRecord[] = await listPage({ beforeId, limit: PAGE_SIZE });
    records.push(...page);
    beforeId = page.length < PAGE_SIZE ? null : (page.at(-1)?.id ?? null);
  } while (beforeId !== null);
  return records;
}
