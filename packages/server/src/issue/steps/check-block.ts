import { ValetkeyError } from '@valetkey/protocol';
import type { BlockableApp, BlockList } from '../../core/blocks/block-list.ts';
import { refuseBlocked } from '../../core/blocks/blocked-key.ts';
import type { Step } from './key-request.ts';

/** Rejects requests of an app that an admin has blocked: by its client id, its redirect or its push URL. */
export const checkBlock: Step = ({ parameters, client }, { blocks }) => {
  const { clientId, authRedirect, pushUrl } = parameters;
  requireUnblocked(
    {
      clientIds: [clientId, client?.clientId ?? null],
      // The id of an OAuth client can be a URL.
      receivers: [authRedirect, client?.authRedirect ?? null, pushUrl, clientId],
    },
    blocks,
  );
  return {};
};

/** @throws ValetkeyError `app_blocked` with the reason of the admin */
export function requireUnblocked(app: BlockableApp, blocks: BlockList): void {
  const block = blocks.find(app);
  if (!block) return;
  const { code, details } = refuseBlocked(block);
  throw new ValetkeyError(code, details);
}
