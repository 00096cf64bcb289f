import type { AuditEvent } from '../../../core/audit/audit-event.ts';
import type { Provider } from '../../../issue/provider.ts';
import { auditPage } from '../../../ui/admin/audit-page.ts';
import { type LoadedUsers, loadUsers } from '../../load-users.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';
import { type AuditQuery, parseAuditQuery } from './parse-audit-query.ts';

const PAGE = 100;

/**
 * `GET /admin/user-api-key-audit?before=<id>&person=&action=&subject=&from=&until=`: lists audit events of keys and settings,
 * newest first. Requires an admin’s browser session (PROTOCOL.md#audit).
 */
export const listAuditEvents: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) => {
      const query = parseAuditQuery(request.parameters);
      const found = await findAuditPage(query, provider);
      const newest = query.beforeId === null ? null : queryOf(query.asked);
      const retentionDays = provider.settings.current().audit_retention_days;
      return auditPage({ ...found, asked: query.asked, newest, retentionDays }, page);
    });
  }
  await requireAdmin(request, provider);
  const { events, users, older } = await findAuditPage(parseAuditQuery(request.parameters), provider);
  return jsonResponse({
    events: events.map((event) => eventShape(event, users)),
    more: older,
  });
};

/** Returns one page of the events that match. */
export async function findAuditPage(
  { person, beforeId, action, subject, since, until, asked }: AuditQuery,
  { site, store }: Provider,
): Promise<{ events: AuditEvent[]; users: LoadedUsers; older: string | null }> {
  // A deleted user has no name any longer; the audit shows the id.
  const userId = person === null ? null : ((await site.findUserByUsername(person))?.id ?? person);
  const filter = { userId, action, subject, since, until };
  const found = await store.listAuditEvents({ ...filter, beforeId, limit: PAGE + 1 });
  const events = found.slice(0, PAGE);
  const last = found.length > PAGE ? events.at(-1) : undefined;
  const users = await loadUsers(
    events.flatMap(({ actorId, ownerId }) => [actorId, ownerId]),
    site,
  );
  return { events, users, older: last ? queryOf({ ...asked, before: String(last.id) }) : null };
}

function queryOf(values: Readonly<Record<string, string>>): string {
  return `?${new URLSearchParams(Object.entries(values).filter(([, text]) => text !== ''))}`;
}

/** Returns an event as admins get it, as JSON and in the export. */
export function eventShape(
  { id, at, action, actorId, ownerId, keyId, subject, ipAddress }: AuditEvent,
  users: LoadedUsers,
) {
  const nameOf = (userId: string | null) =>
    userId === null ? null : (users.get(userId)?.username ?? userId);
  return {
    id,
    at: new Date(at).toISOString(),
    action,
    actor: nameOf(actorId),
    owner: nameOf(ownerId),
    key_id: keyId,
    subject,
    address: ipAddress,
  };
}
