import type { AuditEventFactory } from '../core/audit/audit-event.ts';
import type { AppBlock } from '../core/blocks/app-block.ts';

/** Apps that receive keys or tokens at one redirect, and how many are active. */
export interface AppsOfReceiver {
  readonly applicationName: string;
  /** Null for devices, and for keys that were approved before redirects were stored. */
  readonly authRedirect: string | null;
  readonly pushUrl: string | null;
  /** Active keys and OAuth grants. */
  readonly activeKeys: number;
}

/** Stores blocked apps (PROTOCOL.md#blocked-apps). Part of `Store`; the guarantees there apply. */
export interface AppBlockStore {
  /** Returns all blocks, newest first. */
  listAppBlocks(): Promise<AppBlock[]>;
  /** Stores a block. Replaces the one of the same kind and value. */
  saveAppBlock(block: AppBlock, audit?: AuditEventFactory<AppBlock>): Promise<void>;
  /** Deletes a block and returns it; null if there is none. Only one of several concurrent calls gets it. */
  deleteAppBlock(
    block: Pick<AppBlock, 'kind' | 'value'>,
    audit?: AuditEventFactory<AppBlock>,
  ): Promise<AppBlock | null>;
  /** Groups the active keys of kind `app` and the active OAuth grants by name, redirect and push URL; most keys first. */
  listAppsByReceiver(now: number): Promise<AppsOfReceiver[]>;
}
