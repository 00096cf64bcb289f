import type { MaybePromise } from '@valetkey/server';
import {
  describeIdentity,
  type ForwardDecision,
  type Identity,
  NO_IDENTITY,
  type RefusedForward,
  refuseForward,
  stripUrlKey,
} from '@valetkey/server/forward-auth';
import { REQUEST_ID } from '@valetkey/server/monitor';
import { forwardRequest } from '../proxy/forward-request.ts';
import { buildForwardedHeaders, buildForwardedTrailers } from '../proxy/forwarded-request.ts';
import { limitBody } from '../proxy/limit-body.ts';
import { createTrailerDispatcher } from '../proxy/trailer-dispatcher.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type Arrival, describeSender } from './arrival.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { hasBody, type NodeResponse } from './node-request.ts';
import { readRequestBody } from './request-body.ts';

interface ForwardParts extends Pick<GatewayParts, 'dispatcher' | 'metrics' | 'streams'> {
  readonly identity: Identity;
}

/** A request that may reach the service. */
export type AllowedDecision = Exclude<ForwardDecision, RefusedForward>;

/**
 * Forwards a request and streams its response. The response ends early if the key of the request ends.
 *
 * @param onRefused called if the service sent no response
 */
export function forward(
  arrival: Arrival,
  decision: AllowedDecision,
  response: NodeResponse,
  parts: ForwardParts & { readonly onRefused: (refused: RefusedForward) => void },
): void {
  const { request, runtime } = arrival;
  const { bodyBytes } = runtime.config.limits;
  if (bodyBytes > 0 && Number(request.headers['content-length'] ?? 0) > bodyBytes) {
    parts.onRefused(refuseForward('body_too_large', { max_bytes: bodyBytes }));
    return;
  }
  if (isWaitingForContinue(request.headers.expect)) response.writeContinue();
  const { head } = arrival;
  const hasKey = decision.kind === 'key';
  const { identity } = parts;
  const sender = describeSender(arrival, hasKey);
  const hasTrailers = request.headers.trailer !== undefined && hasBody(request);
  let remove = () => {};
  const abort = forwardRequest(
    {
      method: head.method,
      path: stripUrlKey(head.url),
      headers: buildForwardedHeaders(head.rawHeaders, { identity, ...sender }),
      body: hasBody(request) ? limitBody(readRequestBody(request), bodyBytes) : null,
      hasKey,
      added: {
        ...runtime.valetkey.corsHeaders(head),
        ...(hasKey && decision.headers),
        [REQUEST_ID]: arrival.requestId,
      },
    },
    response,
    {
      dispatcher: hasTrailers
        ? createTrailerDispatcher(runtime.config.upstream, () =>
            buildForwardedTrailers(request.rawTrailers, sender),
          )
        : parts.dispatcher,
      timeouts: runtime.forwardTimeouts,
      onEnd(outcome) {
        remove();
        if (outcome.kind === 'complete') return;
        const label = outcome.kind === 'failed' ? outcome.code : outcome.kind;
        parts.metrics.counter('valetkey_gateway_upstream_failures_total', { outcome: label }).value += 1;
        if (outcome.kind !== 'failed') return;
        const isTooLarge = outcome.code === 'body_too_large';
        parts.onRefused(refuseForward(outcome.code, isTooLarge ? { max_bytes: bodyBytes } : {}));
      },
    },
  );
  if (hasKey) {
    const end = () => abort(new Error('The key of this request has ended.'));
    remove = parts.streams.add({ head, route: decision.route, principal: decision.principal, end });
  }
}

const isWaitingForContinue = (expect: string | undefined): boolean =>
  expect?.toLowerCase() === '100-continue';

/** Returns the identity that the service receives. */
export function identityOf(
  decision: AllowedDecision,
  { createToken }: Pick<Runtime, 'createToken'>,
): MaybePromise<Identity> {
  if (decision.kind === 'anonymous') return NO_IDENTITY;
  const { principal } = decision;
  const token = createToken(principal);
  return typeof token === 'string'
    ? describeIdentity(principal, token)
    : token.then((jwt) => describeIdentity(principal, jwt));
}
