import { redactUrl } from '@valetkey/server';
import {
  decideForwarded,
  type ForwardAuth,
  type RefusedForward,
  refuseForward,
} from '@valetkey/server/forward-auth';
import { type Arrival, readArrival } from './arrival.ts';
import { forward } from './forward.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { type NodeRequest, type NodeResponse, readHead } from './node-request.ts';
import { sendResponse } from './send-response.ts';
import { isOwn, serveOwn } from './serve-own.ts';

/** What happened to a request, for its line in the log. */
interface Outcome {
  decision: 'own' | 'anonymous' | 'key' | 'refused';
  code: string | null;
  user: string | null;
}

/** Handles one request from its decision to the end of its response. Never rejects. */
export async function handleRequest(
  request: NodeRequest,
  response: NodeResponse,
  parts: GatewayParts,
): Promise<void> {
  const outcome: Outcome = { decision: 'own', code: null, user: null };
  recordEnd(request, response, outcome, parts);
  const { forwardAuth } = parts.current();
  if (forwardAuth?.serves(request.url ?? '')) return answerProxy(request, response, forwardAuth, parts);
  const arrival = readArrival(request, parts.current());
  try {
    if (!('head' in arrival)) return await sendRefusal(arrival, response, outcome);
    const refused = await serve(arrival, response, outcome, parts);
    if (refused) await sendRefusal(refused, response, outcome, arrival);
  } catch (error) {
    parts.reportError(error);
    if (response.headersSent) response.destroy();
    else
      await sendRefusal(refuseForward('internal_error'), response, outcome).catch(() => response.destroy());
  }
}

/** Tells a proxy whether a request may pass. */
async function answerProxy(
  request: NodeRequest,
  response: NodeResponse,
  forwardAuth: ForwardAuth,
  { reportError }: Pick<GatewayParts, 'reportError'>,
): Promise<void> {
  try {
    const { status, headers, body } = await forwardAuth.answer(
      readHead(request),
      request.socket.remoteAddress,
    );
    response.writeHead(status, headers).end(body);
  } catch (error) {
    reportError(error);
    response.writeHead(503, { 'Content-Length': '0' }).end();
  }
}

async function serve(
  arrival: Arrival,
  response: NodeResponse,
  outcome: Outcome,
  parts: GatewayParts,
): Promise<RefusedForward | null> {
  const { request, head, clientAddress, runtime } = arrival;
  if (isOwn(head, runtime)) {
    await sendResponse(await serveOwn(request, head, clientAddress, runtime), response);
    return null;
  }
  const decision = await decideForwarded(head, clientAddress, runtime);
  outcome.decision = decision.kind;
  if (decision.kind === 'refused') return decision;
  if (decision.kind === 'key') outcome.user = decision.principal.user.id;
  return forward(arrival, decision, response, parts);
}

async function sendRefusal(
  refused: RefusedForward,
  response: NodeResponse,
  outcome: Outcome,
  arrival?: Arrival,
): Promise<void> {
  outcome.decision = 'refused';
  outcome.code = refused.refusal.code;
  if (response.destroyed) return;
  const rendered = await refused.response();
  const readable = arrival ? arrival.runtime.valetkey.withCors(arrival.head, rendered) : rendered;
  await sendResponse(readable, response);
}

/** Logs and counts the request when its response has ended. */
function recordEnd(
  request: NodeRequest,
  response: NodeResponse,
  outcome: Outcome,
  { metrics, log }: GatewayParts,
): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const status = response.headersSent ? response.statusCode : 0;
    metrics.histogram('valetkey_gateway_request_duration_seconds').observe(seconds);
    metrics.counter('valetkey_gateway_requests_total', {
      decision: outcome.decision,
      status: status === 0 ? 'none' : `${Math.floor(status / 100)}xx`,
    }).value += 1;
    if (outcome.code !== null)
      metrics.counter('valetkey_gateway_refusals_total', { code: outcome.code }).value += 1;
    if (log === null) return;
    const [path = ''] = redactUrl(request.url ?? '').split('?', 1);
    log({ method: request.method ?? '', path, status, ms: Math.round(seconds * 1000), ...outcome });
  });
}
