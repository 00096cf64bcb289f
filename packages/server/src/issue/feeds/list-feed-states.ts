import type { KeyRecord } from '../../core/key/key-record.ts';
import { isActive } from '../../core/key/key-state.ts';
import type { Provider } from '../provider.ts';
import type { FeedDefinition } from './feed.ts';

/** A feed and the user’s active key for it, if there is one. */
export interface FeedState {
  readonly name: string;
  readonly feed: FeedDefinition;
  readonly key: KeyRecord | null;
}

/** Returns all feeds of the site, with the state of each for this user. */
export async function listFeedStates(userId: string, provider: Provider): Promise<FeedState[]> {
  const keys = await provider.keys.list(userId, null);
  const live = keys.filter((key) => key.kind === 'feed' && isActive(key, provider.now()));
  return Object.entries(provider.feeds).map(([name, feed]) => ({
    name,
    feed,
    key: live.find((key) => key.clientId === name) ?? null,
  }));
}
