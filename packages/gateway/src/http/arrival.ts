import { findClientIpAddress } from '@valetkey/server';
import { decidePath, type RefusedForward, refuseForward } from '@valetkey/server/forward-auth';
import { chooseRequestId } from '@valetkey/server/monitor';
import type { Forwarding } from '../proxy/forwarded-request.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { type Head, type NodeRequest, readHead, readHost } from './node-request.ts';

/** A request, what is known of its sender, and the configuration in force when it arrived. */
export interface Arrival {
  readonly request: NodeRequest;
  /** For the log, the service and the response. */
  readonly requestId: string;
  readonly head: Head;
  readonly host: string;
  readonly clientAddress: string;
  readonly runtime: Runtime;
}

const FORWARDED_FOR = 'x-forwarded-for';
const NONE: ReadonlySet<string> = new Set();

/** Returns the id of a request: that of a proxy in front, or a new one. */
export const readRequestId = (
  { headers, socket }: NodeRequest,
  { isTrustedProxy, isAskingProxy }: Pick<Runtime, 'isTrustedProxy' | 'isAskingProxy'>,
): string =>
  chooseRequestId(
    headers['x-request-id'] as string | undefined,
    () => isTrustedProxy(socket.remoteAddress) || isAskingProxy(socket.remoteAddress),
  );

/** Reads a request; returns a refusal if its URL or host is ambiguous. */
export function readArrival(
  request: NodeRequest,
  requestId: string,
  runtime: Runtime,
): Arrival | RefusedForward {
  const head = readHead(request);
  const ambiguous = decidePath(head.url, runtime.config);
  if (ambiguous !== null) return ambiguous;
  const host = readHost(request);
  if (host === null) return refuseForward('path_ambiguous', { ambiguity: 'host' });
  const { isTrustedProxy } = runtime;
  const forwardedFor = head.headers.get(FORWARDED_FOR);
  // A peer on a unix socket has no address.
  const clientAddress = findClientIpAddress(request.socket.remoteAddress ?? '', forwardedFor, isTrustedProxy);
  return { request, requestId, head, host, clientAddress, runtime };
}

/** What the service receives about the sender of a request. */
export interface Sender {
  readonly forwarding: Forwarding;
  readonly hasKey: boolean;
  /** Folded names of the headers that this sender must not set. */
  readonly untrusted: ReadonlySet<string>;
}

/** Returns what the service receives about the sender. */
export function describeSender(
  { request, requestId, host, clientAddress, runtime, head }: Arrival,
  hasKey: boolean,
): Sender {
  const peer = request.socket.remoteAddress;
  const reported = runtime.isTrustedProxy(peer) ? head.headers.get('x-forwarded-proto') : null;
  const isHttps = reported === null ? runtime.config.tls !== null : reported === 'https';
  return {
    forwarding: { clientAddress, proto: isHttps ? 'https' : 'http', host, requestId },
    hasKey,
    // With a key, the account of the browser must not be mistaken for the user of the key.
    untrusted: runtime.isSignInProxy(peer) && !hasKey ? NONE : runtime.accountHeaders,
  };
}
