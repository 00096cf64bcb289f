import { ValetkeyError } from '@valetkey/protocol';
import { recordEvent } from '../../audit/record-event.ts';
import { jsonResponse } from '../../http/responses.ts';
import { aboutAdminKey } from '../about-admin-key.ts';
import { adminKeyShape } from '../admin-key-shape.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';

/** `POST /admin/api/keys/:id/revoke`: the key is refused from the next request on (PROTOCOL.md section 12). */
export const revokeAdminKey: Endpoint = async (request, provider) => {
  const admin = await requireAdmin(request, provider);
  const revoked = await provider.adminKeys.revoke(parseKeyId(request.pathParameters.id), provider.now());
  if (!revoked) throw new ValetkeyError('admin_key_not_found');
  await recordEvent(provider, request, admin, { action: 'admin_key_revoked', ...aboutAdminKey(revoked) });
  return jsonResponse({ key: await adminKeyShape(revoked, provider) });
};
