import { type MaybePromise, redactUrl } from '@valetkey/server';
import {
  decideForwarded,
  type ForwardAuth,
  type ForwardDecision,
  type RefusedForward,
  refuseForward,
} from '@valetkey/server/forward-auth';
import { type Arrival, readArrival } from './arrival.ts';
import { forward, identityOf } from './forward.ts';
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

/** Handles one request from its decision to the end of its response. Never throws. */
export function handleRequest(request: NodeRequest, response: NodeResponse, parts: GatewayParts): void {
  const outcome: Outcome = { decision: 'own', code: null, user: null };
  recordEnd(request, response, outcome, parts);
  const runtime = parts.current();
  if (runtime.forwardAuth?.serves(request.url ?? '')) {
    void answerProxy(request, response, runtime.forwardAuth, parts);
    return;
  }
  const fail = (error: unknown) => {
    parts.reportError(error);
    if (response.headersSent) response.destroy();
    else sendRefusal(refuseForward('internal_error'), response, outcome).catch(() => response.destroy());
  };
  const arrival = readArrival(request, runtime);
  const refuse = (refused: RefusedForward) => {
    sendRefusal(refused, response, outcome, 'head' in arrival ? arrival : undefined).catch(fail);
  };
  const pass = (decision: ForwardDecision): MaybePromise<void> => {
    outcome.decision = decision.kind;
    if (decision.kind === 'refused') return refuse(decision);
    if (decision.kind === 'key') outcome.user = decision.principal.user.id;
    return chain(identityOf(decision, runtime), (identity) =>
      forward(arrival as Arrival, decision, response, { ...parts, identity, onRefused: refuse }),
    );
  };
  if (!('head' in arrival)) refuse(arrival);
  else if (isOwn(arrival.head, runtime)) answerOwn(arrival, response).catch(fail);
  else {
    try {
      // Most requests end here without a promise.
      const done = chain(decideForwarded(arrival.head, arrival.clientAddress, runtime), pass);
      if (done instanceof Promise) done.catch(fail);
    } catch (error) {
      fail(error);
    }
  }
}

const answerOwn = async ({ request, head, clientAddress, runtime }: Arrival, response: NodeResponse) =>
  sendResponse(await serveOwn(request, head, clientAddress, runtime), response);

const chain = <T>(value: MaybePromise<T>, next: (value: T) => MaybePromise<void>): MaybePromise<void> =>
  value instanceof Promise ? value.then(next) : next(value);

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

const STATUS_CLASSES = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'];

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
    const { decision } = outcome;
    const statusClass = STATUS_CLASSES[Math.floor(status / 100)] ?? 'none';
    metrics.counter('valetkey_gateway_requests_total', { decision, status: statusClass }).value += 1;
    if (outcome.code !== null)
      metrics.counter('valetkey_gateway_refusals_total', { code: outcome.code }).value += 1;
    if (log === null) return;
    const [path = ''] = redactUrl(request.url ?? '').split('?', 1);
    log({ method: request.method ?? '', path, status, ms: Math.round(seconds * 1000), ...outcome });
  });
}
