import type { AppBlock } from './app-block.ts';
import { receiverHost } from './receiver-host.ts';

/** What a block can name of an app. Null values are ignored. */
export interface BlockableApp {
  /** The approved client id, and the one that the app sends. */
  readonly clientIds: readonly (string | null)[];
  /** Where its keys, tokens and pushes go. */
  readonly receivers: readonly (string | null)[];
}

/** The blocks of a site at one time. */
export interface BlockList {
  readonly all: readonly AppBlock[];
  /** Returns the block that applies to this app; null if there is none. */
  find(app: BlockableApp): AppBlock | null;
}

export function createBlockList(all: readonly AppBlock[]): BlockList {
  const byValue = (kind: AppBlock['kind']) =>
    new Map(all.filter((block) => block.kind === kind).map((block) => [block.value, block]));
  const [byClientId, byHost] = [byValue('client_id'), byValue('host')];
  const findReceiver = (url: string | null): AppBlock | null => {
    for (const host of url === null ? [] : selfAndParents(receiverHost(url))) {
      const block = byHost.get(host);
      if (block) return block;
    }
    return null;
  };

  return {
    all,
    find({ clientIds, receivers }) {
      if (all.length === 0) return null;
      for (const id of clientIds) {
        const block = id === null ? undefined : byClientId.get(id);
        if (block) return block;
      }
      for (const url of receivers) {
        const block = findReceiver(url);
        if (block) return block;
      }
      return null;
    },
  };
}

/** Returns a host and the domains that it belongs to: `a.b.example`, `b.example`, `example`. A scheme has no parents. */
function selfAndParents(host: string | null): string[] {
  if (host === null || host.endsWith(':')) return host === null ? [] : [host];
  const labels = host.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}
