import {
  foldHeaderName,
  type Identity,
  isCredentialHeader,
  isIdentityHeader,
} from '@valetkey/server/forward-auth';

/** Headers of one connection, which are not forwarded (RFC 9110 section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);
/** Set by the gateway itself, or answered by it. */
const REPLACED = new Set(['expect', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded']);

/** Where a request came from, as the service sees it. */
export interface Forwarding {
  readonly clientAddress: string;
  readonly proto: 'http' | 'https';
  readonly host: string;
}

export interface ForwardedHeaderOptions {
  readonly identity: Identity;
  readonly forwarding: Forwarding;
  /** True if the request has a key: cookies of the browser are then not for this user. */
  readonly hasKey: boolean;
  /** Lower-case names of headers that only a trusted peer may set, and this peer is none. */
  readonly untrusted: ReadonlySet<string>;
}

/**
 * Returns the headers for the service, as a flat list of names and values. Without headers of the connection, keys and
 * identity headers of the sender, in every spelling; with the identity of this request.
 *
 * @param raw a flat list of names and values, as received
 */
export function buildForwardedHeaders(raw: readonly string[], options: ForwardedHeaderOptions): string[] {
  const { identity, forwarding, hasKey, untrusted } = options;
  const named = namedInConnection(raw);
  const headers: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    const value = raw[at + 1] as string;
    const lower = name.toLowerCase();
    // The pseudo-headers of HTTP/2.
    if (lower.startsWith(':') || HOP_BY_HOP.has(lower) || named.has(lower)) continue;
    if (REPLACED.has(foldHeaderName(name)) || isIdentityHeader(name) || isCredentialHeader(name, value))
      continue;
    if ((hasKey && lower === 'cookie') || untrusted.has(foldHeaderName(name)) || lower === 'host') continue;
    headers.push(name, value);
  }
  headers.push('Host', forwarding.host);
  headers.push('X-Forwarded-For', forwarding.clientAddress);
  headers.push('X-Forwarded-Proto', forwarding.proto, 'X-Forwarded-Host', forwarding.host);
  for (const [name, value] of Object.entries(identity)) headers.push(name, value);
  return headers;
}

/** Headers of the response that belong to the connection to the service, as a flat list of names and values. */
export function buildReturnedHeaders(raw: readonly (string | Buffer)[], hasKey: boolean): string[] {
  const texts = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
  const named = namedInConnection(texts);
  const headers: string[] = [];
  for (let at = 0; at < texts.length; at += 2) {
    const lower = (texts[at] as string).toLowerCase();
    if (HOP_BY_HOP.has(lower) || named.has(lower)) continue;
    // A request with a key starts no session (PROTOCOL.md#using-a-key).
    if (hasKey && lower === 'set-cookie') continue;
    headers.push(texts[at] as string, texts[at + 1] as string);
  }
  return headers;
}

/** Names in `Connection` are of this connection only. Otherwise a sender could remove a header that the gateway sets. */
function namedInConnection(raw: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = 0; at < raw.length; at += 2) {
    if ((raw[at] as string).toLowerCase() !== 'connection') continue;
    for (const name of (raw[at + 1] as string).split(',')) names.add(name.trim().toLowerCase());
  }
  return names;
}
