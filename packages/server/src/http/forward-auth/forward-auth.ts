import { hashKey } from '../../core/key/hash-key.ts';
import { chain, type MaybePromise } from '../../core/maybe-promise.ts';
import type { RouteMatcher } from '../../core/routes/route-matcher.ts';
import type { Principal } from '../../verify/verify-result.ts';
import type { RequestHead } from '../request-head.ts';
import {
  decideForwarded,
  decidePath,
  type ForwardDecision,
  type ForwardParts,
  type RefusedForward,
  refuseForward,
} from './decide-forwarded.ts';
import { type ProxyKind, readAskedRequest } from './read-asked-request.ts';
import { createRecentResponses } from './recent-responses.ts';
import { type ProxyResponse, renderAllowed, renderRefused, wrapRefused } from './render-proxy-response.ts';

/** The options of `createForwardAuth`. */
export interface ForwardAuthOptions {
  readonly valetkey: ForwardParts['valetkey'] & {
    corsHeaders(request: Pick<RequestHead, 'headers'>): Record<string, string>;
  };
  /** Maps the request of the client to the route that scopes name. */
  readonly matchRoute: RouteMatcher;
  /** Returns whether a key may use a route that its scopes allow. @default always */
  readonly isGranted?: ForwardParts['isGranted'];
  /**
   * Returns whether a peer is one of the site's own proxies. Everybody else is refused, because such a peer could ask
   * in the name of any client.
   *
   * @param address of the connection; undefined or empty on a unix socket
   */
  readonly isTrustedPeer: (address: string | undefined) => boolean;
  /** Where the endpoints are. @default '/valetkey/verify' */
  readonly path?: string;
  /** Whether paths may contain `;`. @default false */
  readonly allowsSemicolons?: boolean;
  /**
   * The start of the path that clients use, and what the proxy replaces it with before it forwards. Routes name the
   * paths of the service. @default the proxy changes nothing
   */
  readonly prefix?: { readonly public: string; readonly service: string } | undefined;
  /** Returns the identity token for the header `X-Valetkey-Jwt`. @default none */
  readonly createToken?: (principal: Principal) => MaybePromise<string>;
  /** Called with the reason why a proxy is configured wrongly. */
  readonly onMisconfigured?: (reason: string) => void;
  /** Monotonic milliseconds. @default the monotonic clock of the system */
  readonly monotonicNow?: () => number;
}

/** Answers proxies that ask whether a request may pass. */
export interface ForwardAuth {
  /** Returns whether this is the address of one of the endpoints. Never answer an `Upgrade` to one with 101. */
  serves(url: string): boolean;
  /**
   * Returns the response for the request that a proxy asks about. The identity headers are always there. Returns no
   * promise if the request may pass and everything is in memory.
   *
   * @param peer the IP address of the connection; undefined on a unix socket
   */
  answer(request: RequestHead, peer: string | undefined): MaybePromise<ProxyResponse>;
}

const KINDS: readonly ProxyKind[] = ['nginx', 'forwarded', 'envoy'];

/**
 * Creates the endpoints `nginx`, `forwarded` (Caddy, Traefik, HAProxy) and `envoy/*` below `/valetkey/verify/`
 * (PROTOCOL.md#forward-auth). Each reads exactly one set of headers and refuses a request that lacks one.
 *
 * @example
 * ```ts
 * const forwardAuth = createForwardAuth({ valetkey, matchRoute, isTrustedPeer: (address) => address === '127.0.0.1' });
 * createServer(async (request, response) => {
 *   const head = toHead(request);
 *   if (!forwardAuth.serves(head.url)) return;
 *   const { status, headers, body } = await forwardAuth.answer(head, request.socket.remoteAddress);
 *   response.writeHead(status, headers).end(body);
 * });
 * ```
 */
export function createForwardAuth(options: ForwardAuthOptions): ForwardAuth {
  const { valetkey, isTrustedPeer, prefix } = options;
  const { path = '/valetkey/verify', createToken = () => '-', onMisconfigured = () => {} } = options;
  const { monotonicNow = () => performance.now() } = options;
  const rules = { allowsSemicolons: options.allowsSemicolons ?? false };
  const recent = createRecentResponses(monotonicNow);
  const addresses = KINDS.map((kind) => ({ kind, address: `${path}/${kind}` }));

  /** Returns the kind, and for Envoy the path and query behind the address. */
  function find(url: string): { readonly kind: ProxyKind; readonly below: string } | null {
    for (const { kind, address } of addresses) {
      if (!url.startsWith(address)) continue;
      const below = url.slice(address.length);
      // Caddy appends the query of the client; nothing is taken from it.
      if (kind === 'envoy' ? below.startsWith('/') : below === '' || below.startsWith('?'))
        return { kind, below };
    }
    return null;
  }

  function decide(kind: ProxyKind, head: RequestHead, ipAddress: string): MaybePromise<ProxyResponse> {
    const cors = valetkey.corsHeaders(head);
    const render = async ({ response }: RefusedForward) =>
      (kind === 'nginx' ? wrapRefused : renderRefused)(await response(), cors);
    const ambiguous = decidePath(head.url, rules);
    if (ambiguous) return render(ambiguous);
    const url = toServiceUrl(head.url, prefix);
    if (url === null)
      return misconfigured(`${head.url.split('?', 1)[0]} does not begin with ${prefix?.public}`);
    return chain(decideForwarded({ ...head, url }, ipAddress, options), (decision: ForwardDecision) => {
      if (decision.kind === 'refused') return render(decision);
      const token = decision.kind === 'key' ? createToken(decision.principal) : '-';
      return chain(token, (jwt) => renderAllowed(decision, jwt, cors));
    });
  }

  async function misconfigured(problem: string): Promise<ProxyResponse> {
    onMisconfigured(problem);
    return renderPlain(refuseForward('verify_misconfigured', { problem }));
  }

  return {
    serves: (url) => find(url) !== null,
    answer(request, peer) {
      const found = find(request.url);
      if (!found) return renderPlain(refuseForward('not_found'));
      if (!isTrustedPeer(peer)) return renderPlain(refuseForward('proxy_not_trusted'));
      const { kind } = found;
      const asked = readAskedRequest(kind, request, found.below);
      if ('faulty' in asked) return misconfigured(`${asked.faulty} is missing, malformed or repeated`);
      const { head, ipAddress, requestId } = asked;
      if (requestId === null) return decide(kind, head, ipAddress);
      const credentials = ['user-api-key', 'authorization', 'api-key'].map((name) => head.headers.get(name));
      const id = hashKey(JSON.stringify([requestId, head.method, head.url, ipAddress, ...credentials]));
      return recent.getOr(id, () => decide(kind, head, ipAddress));
    },
  };
}

const renderPlain = async ({ response }: RefusedForward): Promise<ProxyResponse> =>
  renderRefused(await response(), {});

/** Returns the path that the service receives; null if the path does not begin with the public prefix. */
function toServiceUrl(url: string, prefix: ForwardAuthOptions['prefix']): string | null {
  if (!prefix) return url;
  if (!url.startsWith(prefix.public)) return null;
  const rest = url.slice(prefix.public.length);
  const isSegment = rest === '' || prefix.public.endsWith('/') || /^[/?]/.test(rest);
  return isSegment ? prefix.service + rest : null;
}
