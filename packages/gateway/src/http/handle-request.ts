import type { MaybePromise } from '@valetkey/server';
import {
  decideForwarded,
  type ForwardAuth,
  type ForwardDecision,
  type ProxyResponse,
  type RefusedForward,
  refuseForward,
} from '@valetkey/server/forward-auth';
import { REQUEST_ID } from '@valetkey/server/monitor';
import { type Arrival, readArrival, readRequestId } from './arrival.ts';
import { forward, identityOf } from './forward.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { type NodeRequest, type NodeResponse, readHead } from './node-request.ts';
import { createOutcome, type Outcome, recordEnd } from './record-end.ts';
import { endSlowBody } from './request-body.ts';
import { sendResponse } from './send-response.ts';
import { isOwn, serveOwn } from './serve-own.ts';

/** A service would send back the headers that it receives, with the identity (RFC 9110 section 9.3.8). */
const LOOPING = /^trac[ek]$/i;

/** Handles one request from its arrival to the end of its response. Never throws. */
export function handleRequest(request: NodeRequest, response: NodeResponse, parts: GatewayParts): void {
  const runtime = parts.current();
  const requestId = readRequestId(request, runtime);
  const outcome = createOutcome(requestId);
  recordEnd(request, response, outcome, parts);
  if (LOOPING.test(request.method ?? '')) {
    outcome.decision = 'refused';
    response.writeHead(501, [REQUEST_ID, requestId, 'Content-Length', '0']).end();
    return;
  }
  if (runtime.forwardAuth?.serves(request.url ?? '')) {
    outcome.decision = 'asked';
    answerProxy(request, response, { ...parts, forwardAuth: runtime.forwardAuth, requestId });
    return;
  }
  const fail = (error: unknown) => {
    parts.reportError(error, requestId);
    if (response.headersSent) response.destroy();
    else sendRefusal(refuseForward('internal_error'), response, outcome).catch(() => response.destroy());
  };
  const arrival = readArrival(request, requestId, runtime);
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
  else if (isOwn(arrival.head, runtime)) answerOwn(arrival, response, parts).catch(fail);
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

async function answerOwn(arrival: Arrival, response: NodeResponse, parts: GatewayParts): Promise<void> {
  endSlowBody(arrival.request, response, arrival.runtime.forwardTimeouts.headersMs);
  await sendResponse(await serveOwn(arrival, parts), response, arrival.requestId);
}

const chain = <T>(value: MaybePromise<T>, next: (value: T) => MaybePromise<void>): MaybePromise<void> =>
  value instanceof Promise ? value.then(next) : next(value);

interface AskedParts extends Pick<GatewayParts, 'reportError'> {
  readonly forwardAuth: ForwardAuth;
  readonly requestId: string;
}

/** Tells a proxy whether a request may pass. Never throws. */
function answerProxy(
  request: NodeRequest,
  response: NodeResponse,
  { forwardAuth, requestId, reportError }: AskedParts,
): void {
  const send = ({ status, headers, body }: ProxyResponse) => {
    const list: string[] = [REQUEST_ID, requestId];
    for (const name in headers) list.push(name, headers[name] as string);
    response.writeHead(status, list).end(body);
  };
  const fail = (error: unknown) => {
    reportError(error, requestId);
    if (response.headersSent) response.destroy();
    else response.writeHead(503, [REQUEST_ID, requestId, 'Content-Length', '0']).end();
  };
  try {
    const done = chain(forwardAuth.answer(readHead(request), request.socket.remoteAddress), send);
    if (done instanceof Promise) done.catch(fail);
  } catch (error) {
    fail(error);
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
  await sendResponse(readable, response, outcome.requestId);
}
