import { describeAccess } from '@valetkey/server/monitor';
import type { GatewayParts } from './gateway-parts.ts';
import type { NodeRequest, NodeResponse } from './node-request.ts';

/** What happened to a request, for its line in the log. */
export interface Outcome {
  readonly requestId: string;
  decision: 'own' | 'asked' | 'anonymous' | 'key' | 'refused';
  code: string | null;
  user: string | null;
}

/** Returns the outcome of a request of which nothing is known yet. */
export const createOutcome = (requestId: string): Outcome => ({
  requestId,
  decision: 'own',
  code: null,
  user: null,
});

type RecordParts = Pick<GatewayParts, 'metrics' | 'log' | 'now'>;

const STATUS_CLASSES = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'];

/** Logs and counts the request when its response has ended. */
export function recordEnd(
  request: NodeRequest,
  response: NodeResponse,
  outcome: Outcome,
  parts: RecordParts,
): void {
  const { metrics } = parts;
  const startedAt = performance.now();
  response.once('close', () => {
    const ms = performance.now() - startedAt;
    const status = response.headersSent ? response.statusCode : 0;
    metrics.histogram('valetkey_gateway_request_duration_seconds').observe(ms / 1000);
    const { decision } = outcome;
    const statusClass = STATUS_CLASSES[Math.floor(status / 100)] ?? 'none';
    metrics.counter('valetkey_gateway_requests_total', { decision, status: statusClass }).value += 1;
    if (outcome.code !== null)
      metrics.counter('valetkey_gateway_refusals_total', { code: outcome.code }).value += 1;
    if (parts.log) logEnd(request, { ...outcome, status, ms }, parts);
  });
}

/** Logs a request whose response or connection has ended. */
export function logEnd(
  { method = '', url = '' }: NodeRequest,
  { requestId, status, ms, ...outcome }: Outcome & { readonly status: number; readonly ms: number },
  { log, now }: RecordParts,
): void {
  log?.({ ...describeAccess({ requestId, method, url, status, ms, now: now() }), ...outcome });
}
