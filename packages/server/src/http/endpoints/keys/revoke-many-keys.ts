import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { grantAuditTarget, keyAuditTarget } from '../../../core/audit/audit-target.ts';
import type { KeyRecord } from '../../../core/key/key-record.ts';
import { isActive } from '../../../core/key/key-state.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { Session } from '../../../ports/site.ts';
import { appsPath } from '../../../ui/parts/own-paths.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSessionToRevoke } from '../require-session.ts';

const DAY_MS = 86_400_000;

/** The page offers to revoke keys that were not used for this long. */
export const UNUSED_DAYS = 60;

/** A key or an OAuth grant. Grants cannot be restored. */
type Used = Pick<KeyRecord, 'lastUsedAt' | 'createdAt'> & Partial<Pick<KeyRecord, 'restoredAt'>>;

/** Returns whether a key or grant was neither used nor approved nor restored for this many days. */
export function isUnused({ lastUsedAt, createdAt, restoredAt }: Used, days: number, now: number): boolean {
  return Math.max(lastUsedAt ?? 0, createdAt, restoredAt ?? 0) < now - days * DAY_MS;
}

/**
 * `POST /user-api-key/revoke-many`: revokes all keys and grants of the user (`all=1`), or those that were not used for
 * `unused_days` (PROTOCOL.md#revoke). A key can be restored as if it were revoked alone.
 */
export const revokeManyKeys: Endpoint = async (request, provider) => {
  const session = await requireSessionToRevoke(request, provider);
  const isMeant = parseSelection(request.body, provider.now());
  const revoked =
    (await revokeKeys(session, isMeant, request, provider)) +
    (await revokeGrants(session, isMeant, request, provider));
  const path = appsPath(await createPageContext(request.raw, session, provider));
  return request.wantsJson || path === null
    ? jsonResponse({ success: 'OK', revoked })
    : redirectResponse(path, 303);
};

type IsMeant = (used: Used) => boolean;

async function revokeKeys(
  { user }: Session,
  isMeant: IsMeant,
  request: EndpointRequest,
  provider: Provider,
): Promise<number> {
  const { keys, now } = provider;
  const audit = createAuditEventFactory('key_revoked', keyAuditTarget, { actor: user, request, provider });
  let revoked = 0;
  for (const key of await keys.list(user.id, null)) {
    if (!isActive(key, now()) || !isMeant(key)) continue;
    if (await keys.revoke(key.id, now(), audit)) revoked += 1;
  }
  return revoked;
}

async function revokeGrants(
  { user }: Session,
  isMeant: IsMeant,
  request: EndpointRequest,
  provider: Provider,
): Promise<number> {
  const { oauthGrants, now } = provider;
  const audit = createAuditEventFactory('key_revoked', grantAuditTarget, { actor: user, request, provider });
  let revoked = 0;
  for (const { id } of (await oauthGrants.list(user.id)).filter(isMeant)) {
    if (await oauthGrants.revoke(id, { revokedAt: now(), reason: 'revoked' }, audit)) revoked += 1;
  }
  return revoked;
}

/** @throws ValetkeyError `parameter_invalid` unless exactly one of the two is given */
function parseSelection({ all, unused_days: days }: Readonly<Record<string, unknown>>, now: number): IsMeant {
  if (all !== undefined && days === undefined && String(all) === '1') return () => true;
  if (all === undefined && /^[1-9]\d{0,4}$/.test(String(days))) {
    return (key) => isUnused(key, Number(days), now);
  }
  throw new ValetkeyError('parameter_invalid', { parameter: all === undefined ? 'unused_days' : 'all' });
}
