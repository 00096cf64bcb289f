import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { blockAuditTarget } from '../../../core/audit/audit-target.ts';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { parseBlock } from './parse-block.ts';

/** `POST /admin/user-api-key-blocks`: blocks an app on the whole site (PROTOCOL.md#blocked-apps). */
export const createBlock: Endpoint = async (request, provider) => {
  const { user } = await requireAdmin(request, provider);
  const block = { ...parseBlock(request.body), createdAt: provider.now(), createdBy: user.id };
  const audit = createAuditEventFactory('app_blocked', blockAuditTarget, { actor: user, request, provider });
  await provider.appBlocks.add(block, audit);
  if (!request.wantsJson) return redirectResponse(adminPath('blocks', provider), 303);
  return jsonResponse({ success: 'OK', kind: block.kind, value: block.value });
};
