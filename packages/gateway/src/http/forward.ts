import type { MaybePromise, Principal } from '@valetkey/server';
import {
  describeIdentity,
  type ForwardDecision,
  type Identity,
  NO_IDENTITY,
  type RefusedForward,
  refuseForward,
  stripUrlKey,
} from '@valetkey/server/forward-auth';
import { forwardRequest } from '../proxy/forward-request.ts';
import { buildForwardedHeaders } from '../proxy/forwarded-request.ts';
import { limitBody } from '../proxy/limit-body.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type Arrival, describeSender } from './arrival.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { hasBody, type NodeResponse } from './node-request.ts';

/** A request that may reach the service. */
export type AllowedDecision = Exclude<ForwardDecision, RefusedForward>;

/**
 * Forwards a request and streams its response. Returns a refusal if the service sent no response; null if it did.
 * The response ends early if the key of the request ends.
 */
export async function forward(
  arrival: Arrival,
  decision: AllowedDecision,
  response: NodeResponse,
  { dispatcher, metrics, streams }: Pick<GatewayParts, 'dispatcher' | 'metrics' | 'streams'>,
): Promise<RefusedForward | null> {
  const { request, head, runtime } = arrival;
  const { timeouts, limits } = runtime.config;
  const hasKey = decision.kind === 'key';
  if (limits.bodyBytes > 0 && Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) {
    return refuseForward('body_too_large', { max_bytes: limits.bodyBytes });
  }
  const found = identityOf(decision, runtime);
  const identity = found instanceof Promise ? await found : found;
  if (isWaitingForContinue(request.headers.expect)) response.writeContinue();
  let abort: (reason: Error) => void = () => {};
  const remove = hasKey
    ? streams.add({
        head,
        route: decision.route,
        end: () => abort(new Error('The key of this request has ended.')),
      })
    : () => {};
  const outcome = await forwardRequest(
    {
      method: head.method,
      path: stripUrlKey(head.url),
      headers: buildForwardedHeaders(head.rawHeaders, { identity, ...describeSender(arrival, hasKey) }),
      body: hasBody(request) ? limitBody(request, limits.bodyBytes) : null,
      hasKey,
      added: { ...runtime.valetkey.corsHeaders(head), ...(hasKey && decision.headers) },
    },
    response,
    dispatcher,
    {
      timeouts: { headersMs: timeouts.headers * 1000, idleMs: timeouts.idle * 1000 },
      onAbortable(aborter) {
        abort = aborter;
      },
    },
  );
  remove();
  if (outcome.kind === 'complete') return null;
  const label = outcome.kind === 'failed' ? outcome.code : outcome.kind;
  metrics.counter('valetkey_gateway_upstream_failures_total', { outcome: label }).value += 1;
  if (outcome.kind !== 'failed') return null;
  return refuseForward(
    outcome.code,
    outcome.code === 'body_too_large' ? { max_bytes: limits.bodyBytes } : {},
  );
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
  const describe = (jwt: string): Identity => {
    const known = identities.get(principal);
    if (known?.['X-Valetkey-Jwt'] === jwt) return known;
    const identity = describeIdentity(principal, jwt);
    identities.set(principal, identity);
    return identity;
  };
  return typeof token === 'string' ? describe(token) : token.then(describe);
}

/** Kept as long as the verifier keeps the principal. */
const identities = new WeakMap<Principal, Identity>();
