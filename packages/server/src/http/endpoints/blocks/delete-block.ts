import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { blockAuditTarget } from '../../../core/audit/audit-target.ts';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { parseBlockTarget } from './parse-block.ts';

/** `POST /admin/user-api-key-blocks/delete`: removes a block; the keys of the app work again (PROTOCOL.md#blocked-apps). */
export const deleteBlock: Endpoint = async (request, provider) => {
  const { user } = await requireAdmin(request, provider);
  const audit = createAuditEventFactory('app_unblocked', blockAuditTarget, {
    actor: user,
    request,
    provider,
  });
  const isRemoved = await provider.appBlocks.remove(parseBlockTarget(request.body), audit);
  if (!request.wantsJson) return redirectResponse(adminPath('blocks', provider), 303);
  if (!isRemoved) throw new ValetkeyError('block_not_found');
  return jsonResponse({ success: 'OK' });
};
