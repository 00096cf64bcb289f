import type { KeyRecord } from '../key/key-record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { AppBlock } from './app-block.ts';
import type { BlockList } from './block-list.ts';

type NamedKey = Pick<KeyRecord, 'kind' | 'clientId' | 'sentClientId' | 'authRedirect' | 'pushUrl'>;

/** Returns the block that applies to the app of a key. Feeds and personal keys belong to their user, not to an app. */
export function findKeyBlock(key: NamedKey, blocks: BlockList): AppBlock | null {
  if (key.kind !== 'app' && key.kind !== 'oauth') return null;
  return blocks.find({
    clientIds: [key.clientId, key.sentClientId],
    // The id of an OAuth client can be a URL.
    receivers: [key.authRedirect, key.pushUrl, key.clientId],
  });
}

export const refuseBlocked = ({ reason }: AppBlock): Refusal =>
  refuse('app_blocked', { block_reason: reason });
