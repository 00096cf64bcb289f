import { ValetkeyError } from '@valetkey/protocol';
import { jsonResponse } from '../../http/responses.ts';
import type { Provider } from '../../provider.ts';
import type { AuditEvent } from '../../store/audit-store.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';

const PAGE = 100;

/**
 * `GET /admin/user-api-key-audit.json?before=<id>`: who did what to keys and settings, newest first, for admins with a
 * browser (PROTOCOL.md section 10).
 */
export const listAuditEvents: Endpoint = async (request, provider) => {
  await requireAdmin(request, provider);
  const beforeId = readBefore(request.parameters.before);
  const events = await provider.store.listAuditEvents({ beforeId, limit: PAGE + 1 });
  return jsonResponse({
    events: await Promise.all(events.slice(0, PAGE).map((event) => eventShape(event, provider))),
    more: events.length > PAGE ? `?before=${events[PAGE - 1]?.id}` : null,
  });
};

function readBefore(value: unknown): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || !/^[1-9]\d{0,14}$/.test(value)) {
    throw new ValetkeyError('parameter_invalid', { parameter: 'before' });
  }
  return Number(value);
}

async function eventShape(
  { id, at, action, actorId, ownerId, keyId, subject, address }: AuditEvent,
  { site }: Provider,
) {
  const nameOf = async (userId: string | null) =>
    userId === null ? null : ((await site.findUser(userId))?.username ?? userId);
  return {
    id,
    at: new Date(at).toISOString(),
    action,
    actor: await nameOf(actorId),
    owner: await nameOf(ownerId),
    key_id: keyId,
    subject,
    address,
  };
}
