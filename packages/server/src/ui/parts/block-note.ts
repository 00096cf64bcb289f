import { html } from 'hono/html';
import type { BlockList } from '../../core/blocks/block-list.ts';
import { findKeyBlock } from '../../core/blocks/blocked-key.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

/** Returns a note with the reason if the app of a key is blocked on this site; else nothing. */
export function blockNote(
  key: Parameters<typeof findKeyBlock>[0],
  blocks: BlockList,
  { t }: PageContext,
): Html | '' {
  const block = findKeyBlock(key, blocks);
  return block === null ? '' : html`<p class="note">${t.apps.blocked({ reason: block.reason })}</p>`;
}
