import { ValetkeyError } from '@valetkey/protocol';
import { jsonResponse } from '../../http/responses.ts';
import { adminKeyShape } from '../admin-key-shape.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';

/** `POST /admin/api/keys/:id/undo-revoke`: the key works again, as it was (PROTOCOL.md section 12). */
export const undoRevokeAdminKey: Endpoint = async (request, provider) => {
  await requireAdmin(request, provider);
  const restored = await provider.adminKeys.undoRevoke(parseKeyId(request.pathParameters.id));
  if (!restored) throw new ValetkeyError('admin_key_not_found');
  return jsonResponse({ key: await adminKeyShape(restored, provider) });
};
