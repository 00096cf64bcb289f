import { ValetkeyError } from '@valetkey/protocol';
import type { AuditEventFactory } from '../../../core/audit/audit-event.ts';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { grantAuditTarget, keyAuditTarget } from '../../../core/audit/audit-target.ts';
import { hashKey } from '../../../core/key/hash-key.ts';
import type { KeyRecord } from '../../../core/key/key-record.ts';
import type { Provider } from '../../../issue/provider.ts';
import { revokedPage } from '../../../ui/pages/revoked-page.ts';
import { recognizeUserKey } from '../../../verify/recognize-key.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSessionToRevoke } from '../require-session.ts';
import { findOwnKey, parseKeyId } from './find-own-key.ts';
import { readUserKey } from './read-user-key.ts';

/**
 * `POST /user-api-key/revoke`: revokes the key of the request, a key of the signed-in user, or any key for an admin
 * (PROTOCOL.md#revoke).
 */
export const revokeKey: Endpoint = async (request, provider) => {
  const presented = readUserKey(request.raw);
  if (presented !== null) return revokeItself(presented, request, provider);

  const session = await requireSessionToRevoke(request, provider);
  const key = await findOwnKey(request, provider, session.user);
  const audit = createAuditEventFactory('key_revoked', keyAuditTarget, {
    actor: session.user,
    request,
    provider,
  });
  await revoke(key, audit, provider, key.userId === session.user.id ? 'revoked' : 'revoked_by_admin');
  return request.wantsJson
    ? jsonResponse({ success: 'OK' })
    : pageResponse(revokedPage(key, provider.feeds, await createPageContext(request.raw, session, provider)));
};

/** Ignores scopes, limits and expiry, and whether the user is suspended: a key can always revoke itself. */
async function revokeItself(
  presented: string,
  request: EndpointRequest,
  provider: Provider,
): Promise<Response> {
  const misuse = recognizeUserKey(presented);
  if (misuse) throw new ValetkeyError(misuse);
  const key = await provider.keys.findByHash(hashKey(presented));
  if (!key) throw new ValetkeyError('key_unknown');
  const { id } = request.parameters;
  if (id !== undefined && parseKeyId(id) !== key.id) throw new ValetkeyError('key_of_another_user');
  if (key.revokedAt !== null) {
    throw new ValetkeyError('key_revoked', { reason: key.revokedReason ?? 'revoked' });
  }
  const audit = createAuditEventFactory('key_revoked_itself', keyAuditTarget, {
    actor: null,
    request,
    provider,
  });
  if (key.kind === 'oauth') await revokeGrant(key, request, provider);
  else await revoke(key, audit, provider);
  return jsonResponse({ success: 'OK' });
}

async function revoke(
  key: KeyRecord,
  audit: AuditEventFactory<KeyRecord>,
  provider: Provider,
  reason: 'revoked' | 'revoked_by_admin' = 'revoked',
): Promise<void> {
  if (!(await provider.keys.revoke(key.id, provider.now(), audit, reason)))
    throw new ValetkeyError('key_not_found');
}

/** An access token ends its grant: the client no longer has access. */
async function revokeGrant({ id }: KeyRecord, request: EndpointRequest, provider: Provider): Promise<void> {
  const audit = createAuditEventFactory('key_revoked_itself', grantAuditTarget, {
    actor: null,
    request,
    provider,
  });
  const revoking = { revokedAt: provider.now(), reason: 'revoked' } as const;
  if (!(await provider.oauthGrants.revoke(id, revoking, audit))) throw new ValetkeyError('key_not_found');
}
