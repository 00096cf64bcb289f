import type { KeyRecord } from '../../../core/key/key-record.ts';
import { SHOWN_DAYS, summarizeUses, type UseSummary } from '../../../core/key/summarize-uses.ts';
import type { Provider } from '../../../issue/provider.ts';
import { dayOf } from '../../../verify/key-use-counts.ts';

/** Returns how each key was used in the last 30 days, by the id of the key. Uses of the last seconds may be missing. */
export async function loadUses(
  keys: readonly Pick<KeyRecord, 'id'>[],
  { store, now }: Pick<Provider, 'store' | 'now'>,
): Promise<Map<number, UseSummary>> {
  const today = dayOf(now());
  const keyIds = keys.map(({ id }) => id);
  const counts = await store.listKeyUses({ keyIds, sinceDay: today - SHOWN_DAYS + 1 });
  const byKey = Map.groupBy(counts, ({ keyId }) => keyId);
  return new Map(keyIds.map((id) => [id, summarizeUses(byKey.get(id) ?? [], today)]));
}
