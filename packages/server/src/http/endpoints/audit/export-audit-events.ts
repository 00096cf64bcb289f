import { ValetkeyError } from '@valetkey/protocol';
import { formatCsv } from '../../../core/format-csv.ts';
import type { Provider } from '../../../issue/provider.ts';
import { downloadResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { readShortText } from '../read-body-text.ts';
import { requireAdmin } from '../require-admin.ts';
import { eventShape, findAuditPage } from './list-audit-events.ts';
import { type AuditQuery, parseAuditQuery } from './parse-audit-query.ts';

/** An export ends here: narrow the period for older events. */
const MAX_EVENTS = 10_000;

const COLUMNS = ['id', 'at', 'action', 'actor', 'owner', 'key_id', 'subject', 'address'] as const;

/**
 * `GET /admin/user-api-key-audit/export?format=csv`: returns the events that match the filter as CSV or as JSON lines
 * (`jsonl`), newest first, at most 10,000 (PROTOCOL.md#audit).
 */
export const exportAuditEvents: Endpoint = async (request, provider) => {
  await requireAdmin(request, provider);
  const format = readShortText(request.parameters, 'format') ?? 'csv';
  const shapes = await collect(parseAuditQuery(request.parameters), provider);
  if (format === 'jsonl') {
    const lines = shapes.map((shape) => `${JSON.stringify(shape)}\n`).join('');
    return downloadResponse(lines, { name: 'audit.jsonl', type: 'application/jsonl' });
  }
  if (format !== 'csv') throw new ValetkeyError('parameter_invalid', { parameter: 'format' });
  const rows = shapes.map((shape) => COLUMNS.map((name) => shape[name]));
  return downloadResponse(formatCsv([COLUMNS, ...rows]), { name: 'audit.csv', type: 'text/csv' });
};

async function collect(query: AuditQuery, provider: Provider): Promise<ReturnType<typeof eventShape>[]> {
  const shapes: ReturnType<typeof eventShape>[] = [];
  let { beforeId } = query;
  do {
    const { events, users, older } = await findAuditPage({ ...query, beforeId }, provider);
    shapes.push(...events.map((event) => eventShape(event, users)));
    beforeId = older === null ? null : (events.at(-1)?.id ?? null);
  } while (beforeId !== null && shapes.length < MAX_EVENTS);
  return shapes;
}
