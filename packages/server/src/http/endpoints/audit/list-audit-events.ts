import type { AuditEvent } from '../../../core/audit/audit-event.ts';
import type { Provider } from '../../../issue/provider.ts';
import { auditPage } from '../../../ui/admin/audit-page.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage } from '../open-admin-page.ts';
import { requireAdmin } from '../require-admin.ts';
import { type AuditQuery, parseAuditQuery } from './parse-audit-query.ts';

const PAGE = 100;

/**
 * `GET /admin/user-api-key-audit?before=<id>&person=&action=&from=&until=`: who did what to keys and settings, newest
 * first, for admins with a browser (PROTOCOL.md section 10).
 */
export const listAuditEvents: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async () => {
      const query = parseAuditQuery(request.parameters);
      const { events, older } = await findPage(query, provider);
      const newest = query.beforeId === null ? null : queryOf(query.asked);
      return auditPage({ events, asked: query.asked, older, newest }, provider);
    });
  }
  await requireAdmin(request, provider);
  const { events, older } = await findPage(parseAuditQuery(request.parameters), provider);
  return jsonResponse({
    events: await Promise.all(events.map((event) => eventShape(event, provider))),
    more: older,
  });
};

async function findPage(
  { person, beforeId, action, since, until, asked }: AuditQuery,
  { site, store }: Provider,
): Promise<{ events: AuditEvent[]; older: string | null }> {
  // An account that is gone has no name any more, only the id that the audit shows.
  const userId = person === null ? null : ((await site.findUserByUsername(person))?.id ?? person);
  const filter = { userId, action, since, until };
  const found = await store.listAuditEvents({ ...filter, beforeId, limit: PAGE + 1 });
  const events = found.slice(0, PAGE);
  const last = found.length > PAGE ? events.at(-1) : undefined;
  return { events, older: last ? queryOf({ ...asked, before: String(last.id) }) : null };
}

function queryOf(values: Readonly<Record<string, string>>): string {
  return `?${new URLSearchParams(Object.entries(values).filter(([, text]) => text !== ''))}`;
}

async function eventShape(
  { id, at, action, actorId, ownerId, keyId, subject, ipAddress }: AuditEvent,
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
    address: ipAddress,
  };
}
