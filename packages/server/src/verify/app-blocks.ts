import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { AppBlock } from '../core/blocks/app-block.ts';
import { type BlockList, createBlockList } from '../core/blocks/block-list.ts';
import type { MaybePromise } from '../core/maybe-promise.ts';
import type { Store } from '../ports/store.ts';

/** The blocked apps of a site (PROTOCOL.md#blocked-apps), all of them in memory. */
export interface AppBlocks {
  current(): BlockList;
  /** Loads the blocks again, after another node changed them. */
  reload(): Promise<void>;
  /** Blocks an app. Once it resolves, its requests and keys are rejected. */
  add(block: AppBlock, audit: AuditEventFactory<AppBlock>): Promise<void>;
  /** Unblocks an app: its keys work again. Returns false if there was no such block. */
  remove(block: Pick<AppBlock, 'kind' | 'value'>, audit: AuditEventFactory<AppBlock>): Promise<boolean>;
}

interface AppBlocksParts {
  readonly store: Pick<Store, 'listAppBlocks' | 'saveAppBlock' | 'deleteAppBlock'>;
  /** Notifies the nodes, this one included, that this block has changed. Must not throw. */
  readonly publish: (id: string) => MaybePromise<void>;
}

export async function createAppBlocks({ store, publish }: AppBlocksParts): Promise<AppBlocks> {
  let list = createBlockList(await store.listAppBlocks());

  // Serialized, so that an older list never replaces a newer one.
  let last: Promise<unknown> = Promise.resolve();
  function reload(): Promise<void> {
    const done = last.then(async () => {
      list = createBlockList(await store.listAppBlocks());
    });
    last = done.catch(() => {});
    return done;
  }

  async function applyChange({ kind, value }: Pick<AppBlock, 'kind' | 'value'>): Promise<void> {
    await reload();
    await publish(`${kind}:${value}`);
  }

  return {
    current: () => list,
    reload,
    async add(block, audit) {
      await store.saveAppBlock(block, audit);
      await applyChange(block);
    },
    async remove(block, audit) {
      const removed = await store.deleteAppBlock(block, audit);
      if (removed) await applyChange(removed);
      return removed !== null;
    },
  };
}
