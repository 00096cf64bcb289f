import { ValetkeyError } from '@valetkey/protocol';
import {
  createAuditEventFactory,
  type Endpoint,
  grantAuditTarget,
  jsonResponse,
  redirectResponse,
  requireSessionToRevoke,
} from '@valetkey/server/extension';

/**
 * `POST /oauth/grants/revoke`: ends a grant of the signed-in user, or any grant for an admin. Suspended users may do that too
 * (PROTOCOL.md#oauth-grants).
 */
export const revokeGrant: Endpoint = async (request, provider) => {
  const session = await requireSessionToRevoke(request, provider);
  const { user } = session;
  const { id } = request.body;
  if (typeof id !== 'string' && typeof id !== 'number') throw new ValetkeyError('key_not_found');
  const grant = /^[1-9]\d{0,14}$/.test(String(id)) ? await provider.oauthGrants.find(Number(id)) : null;
  if (!grant) throw new ValetkeyError('key_not_found');
  const isOwn = grant.userId === user.id;
  if (!isOwn && (!user.isAdmin || user.isSuspended)) throw new ValetkeyError('key_of_another_user');

  const audit = createAuditEventFactory('key_revoked', grantAuditTarget, { actor: user, request, provider });
  const reason = isOwn ? 'revoked' : 'revoked_by_admin';
  const revoked = await provider.oauthGrants.revoke(grant.id, { revokedAt: provider.now(), reason }, audit);
  if (!revoked) throw new ValetkeyError('key_not_found');
  const { basePath, paths } = provider;
  if (request.wantsJson) return jsonResponse({ success: 'OK' });
  const apps = paths.user?.replace(':username', () => encodeURIComponent(user.username));
  return redirectResponse(apps === undefined ? `${basePath}/` : `${apps}/apps`, 303);
};
