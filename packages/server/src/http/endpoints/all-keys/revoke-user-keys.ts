import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { grantAuditTarget, keyAuditTarget } from '../../../core/audit/audit-target.ts';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { parseKeyId } from '../keys/find-own-key.ts';
import { requireAdmin } from '../require-admin.ts';

/** A page has fewer. */
const MAX_KEYS = 100;

/**
 * `POST /admin/user-api-key-list/revoke`: revokes the keys with these ids, of any users, or the OAuth grants with `kind=oauth` (PROTOCOL.md#keys-of-users). Only an
 * admin can restore keys; grants end.
 */
export const revokeUserKeys: Endpoint = async (request, provider) => {
  const { user } = await requireAdmin(request, provider);
  const ids = parseIds(request.body);
  const { keys, oauthGrants, now } = provider;
  const audit = createAuditEventFactory('key_revoked', keyAuditTarget, { actor: user, request, provider });
  const grantAudit = createAuditEventFactory('key_revoked', grantAuditTarget, {
    actor: user,
    request,
    provider,
  });
  const revoke = (id: number): Promise<unknown> =>
    request.body.kind === 'oauth'
      ? oauthGrants.revoke(id, { revokedAt: now(), reason: 'revoked_by_admin' }, grantAudit)
      : keys.revoke(id, now(), audit, 'revoked_by_admin');
  let revoked = 0;
  for (const id of ids) if (await revoke(id)) revoked += 1;
  if (request.wantsJson) return jsonResponse({ success: 'OK', revoked });
  const query = new URLSearchParams(typeof request.body.query === 'string' ? request.body.query : '');
  query.set('revoked', String(revoked));
  return redirectResponse(`${adminPath('keys', provider)}?${query}`, 303);
};

/**
 * The ids are in `ids` or `all`, separated by commas. The checkboxes of the form arrive as `id:7`; the button for the whole page
 * takes precedence over them.
 *
 * @throws ValetkeyError `parameter_invalid`
 */
function parseIds(body: RawParameters): number[] {
  const listed = body.all ?? body.ids;
  const boxes = Object.keys(body).flatMap((name) => (name.startsWith('id:') ? [name.slice(3)] : []));
  const texts = typeof listed === 'string' ? listed.split(',') : boxes;
  if (texts.length > MAX_KEYS) throw new ValetkeyError('parameter_invalid', { parameter: 'ids' });
  return texts.map((text) => parseKeyId(text, 'ids'));
}
