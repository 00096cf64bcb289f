import { ValetkeyError } from '@valetkey/protocol';
import { jsonResponse } from '../../http/responses.ts';
import { adminKeyShape } from '../admin-key-shape.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';

/** `POST /admin/api/keys/:id/revoke`: the key is refused from the next request on (PROTOCOL.md section 12). */
export const revokeAdminKey: Endpoint = async (request, provider) => {
  await requireAdmin(request, provider);
  const revoked = await provider.adminKeys.revoke(parseKeyId(request.pathParameters.id), provider.now());
  if (!revoked) throw new ValetkeyError('admin_key_not_found');
  return jsonResponse({ key: await adminKeyShape(revoked, provider) });
};
