import { ValetkeyError } from '@valetkey/protocol';
import { aboutKey } from '../../audit/about.ts';
import { auditBy } from '../../audit/audit-by.ts';
import type { EndpointRequest } from '../../http/endpoint-request.ts';
import { jsonResponse, pageResponse } from '../../http/responses.ts';
import { hashKey } from '../../judge/hash-key.ts';
import { recogniseUserKey } from '../../judge/recognise-key.ts';
import { revokedPage } from '../../pages/revoked-page.ts';
import type { Provider } from '../../provider.ts';
import type { AuditOf } from '../../store/audit-store.ts';
import type { KeyRecord } from '../../store/store.ts';
import type { Endpoint } from '../endpoint.ts';
import { findOwnKey, parseKeyId } from '../find-own-key.ts';
import { readUserKey } from '../read-user-key.ts';
import { requireSessionToRevoke } from '../require-session.ts';

/** `POST /user-api-key/revoke`: a key ends itself, or a person ends one of theirs (PROTOCOL.md section 6). */
export const revokeKey: Endpoint = async (request, provider) => {
  const presented = readUserKey(request.raw.headers);
  if (presented !== null) return revokeItself(presented, request, provider);

  const session = await requireSessionToRevoke(request, provider);
  const key = await findOwnKey(request, provider, session.user);
  await revoke(key, auditBy(session.user, 'key_revoked', aboutKey, request, provider), provider);
  return request.wantsJson
    ? jsonResponse({ success: 'OK' })
    : pageResponse(revokedPage(key, session, provider));
};

/** Whatever its scopes and limits, and also when it has expired or its person is suspended: ending is always allowed. */
async function revokeItself(
  presented: string,
  request: EndpointRequest,
  provider: Provider,
): Promise<Response> {
  const misuse = recogniseUserKey(presented);
  if (misuse) throw new ValetkeyError(misuse);
  const known = await provider.keys.cache.load(hashKey(presented));
  if (!known) throw new ValetkeyError('key_unknown');
  const { id } = request.parameters;
  if (id !== undefined && parseKeyId(id) !== known.record.id) throw new ValetkeyError('key_of_another_user');
  if (known.record.revokedAt !== null) {
    throw new ValetkeyError('key_revoked', { reason: known.record.revokedReason ?? 'revoked' });
  }
  await revoke(known.record, auditBy(null, 'key_revoked_itself', aboutKey, request, provider), provider);
  return jsonResponse({ success: 'OK' });
}

async function revoke(key: KeyRecord, audit: AuditOf<KeyRecord>, provider: Provider): Promise<void> {
  if (!(await provider.keys.revoke(key.id, provider.now(), audit))) throw new ValetkeyError('key_not_found');
}
