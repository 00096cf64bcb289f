import type { KeyRecord } from '../../core/key/key-record.ts';
import { isActive } from '../../core/key/key-state.ts';
import type { Provider } from '../provider.ts';
import type { FeedDefinition } from './feed.ts';

/** One feed and the person's live key for it, if they have one. */
export interface FeedState {
  readonly name: string;
  readonly feed: FeedDefinition;
  readonly key: KeyRecord | null;
}

/** Every feed of the site, as it stands for this person. */
export async function listFeedStates(userId: string, provider: Provider): Promise<FeedState[]> {
  const keys = await provider.keys.list(userId, null);
  const live = keys.filter((key) => key.kind === 'feed' && isActive(key, provider.now()));
  return Object.entries(provider.feeds).map(([name, feed]) => ({
    name,
    feed,
    key: live.find((key) => key.clientId === name) ?? null,
  }));
}
