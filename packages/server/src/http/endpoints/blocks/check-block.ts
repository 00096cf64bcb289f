import { ValetkeyError } from '@valetkey/protocol';
import { blocksPage } from '../../../ui/admin/blocks-page.ts';
import { confirmBlockPage } from '../../../ui/admin/confirm-block-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { countBlockedKeys } from './count-blocked-keys.ts';
import { loadBlocks } from './list-blocks.ts';
import { parseBlock, readBlock } from './parse-block.ts';

/**
 * `POST /admin/user-api-key-blocks/check`: returns what a block would stop, and changes nothing (PROTOCOL.md#blocked-apps). The
 * page has the button that blocks.
 */
export const checkBlock: Endpoint = async (request, provider) => {
  const session = await requireAdmin(request, provider);
  const page = await createPageContext(request.raw, session, provider);
  try {
    const block = parseBlock(request.body);
    const counted = await countBlockedKeys(block, provider);
    if (!request.wantsJson) return pageResponse(confirmBlockPage({ block, ...counted }, page));
    return jsonResponse({ ...block, active_keys: counted.activeKeys });
  } catch (error) {
    if (request.wantsJson || !(error instanceof ValetkeyError)) throw error;
    const problem = error.code === 'parameter_missing' ? 'missing' : 'invalid';
    const view = { ...(await loadBlocks(provider)), entered: readBlock(request.body), problem } as const;
    return pageResponse(blocksPage(view, page), 422);
  }
};
