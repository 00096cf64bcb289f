import type { AppBlock } from '../../../core/blocks/app-block.ts';
import type { Provider } from '../../../issue/provider.ts';
import { type BlocksView, blocksPage } from '../../../ui/admin/blocks-page.ts';
import { loadUsers } from '../../load-users.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';
import { readBlock } from './parse-block.ts';

/** `GET /admin/user-api-key-blocks`: lists the blocked apps (PROTOCOL.md#blocked-apps). The query fills in the form. */
export const listBlocks: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) => {
      const { kind, value, reason } = readBlock(request.parameters);
      const entered = { kind: kind || 'host', value, reason };
      return blocksPage({ ...(await loadBlocks(provider)), entered, problem: null }, page);
    });
  }
  await requireAdmin(request, provider);
  const blocks = await provider.store.listAppBlocks();
  return jsonResponse({ blocks: blocks.map(blockShape) });
};

/** Loads the blocks, and the admins who created them. */
export async function loadBlocks({
  store,
  site,
}: Pick<Provider, 'store' | 'site'>): Promise<Pick<BlocksView, 'blocks' | 'users'>> {
  const blocks = await store.listAppBlocks();
  const users = await loadUsers(
    blocks.map(({ createdBy }) => createdBy),
    site,
  );
  return { blocks, users };
}

const blockShape = ({ kind, value, reason, createdAt, createdBy }: AppBlock) => ({
  kind,
  value,
  reason,
  created_at: new Date(createdAt).toISOString(),
  created_by: createdBy,
});
