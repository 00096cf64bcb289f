import { ValetkeyError } from '@valetkey/protocol';
import { recordEvent } from '../../audit/record-event.ts';
import { aboutAdminKey } from '../about-admin-key.ts';
import { answerAdminKey } from '../answer-admin-key.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';

/** `POST /admin/api/keys/:id/revoke`: the key is refused from the next request on (PROTOCOL.md section 12). */
export const revokeAdminKey: Endpoint = async (request, provider) => {
  const admin = await requireAdmin(request, provider);
  const revoked = await provider.adminKeys.revoke(parseKeyId(request.pathParameters.id), provider.now());
  if (!revoked) throw new ValetkeyError('admin_key_not_found');
  await recordEvent(provider, request, admin, { action: 'admin_key_revoked', ...aboutAdminKey(revoked) });
  return answerAdminKey(request, revoked, provider);
};
