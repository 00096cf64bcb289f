import {
  foldHeaderName,
  type Identity,
  isCredentialHeader,
  isIdentityHeader,
} from '@valetkey/server/forward-auth';
import { REQUEST_ID } from '@valetkey/server/monitor';

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
const REPLACED = new Set([
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-request-id',
]);

/** By these, a service could serve another path or method than the one that was verified. */
const PATH_OVERRIDES = new Set([
  'x-original-url',
  'x-original-uri',
  'x-original-method',
  'x-rewrite-url',
  'x-rewrite-uri',
  'x-forwarded-uri',
  'x-forwarded-method',
]);
const METHOD_OVERRIDES = new Set(['x-http-method-override', 'x-http-method', 'x-method-override']);

/** Where a request came from, as the service sees it. */
export interface Forwarding {
  readonly clientAddress: string;
  readonly proto: 'http' | 'https';
  readonly host: string;
  readonly requestId: string;
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
  let cookie: string | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    const value = raw[at + 1] as string;
    const { lower, folded, isDropped } = describeName(name);
    if (isDropped || named.has(lower) || untrusted.has(folded)) continue;
    // The scopes of a key are for the method that was verified.
    if (hasKey && METHOD_OVERRIDES.has(folded)) continue;
    if (folded === 'authorization' && isCredentialHeader(name, value)) continue;
    // HTTP/2 splits cookies (RFC 9113 section 8.2.3).
    if (lower === 'cookie') cookie = cookie === null ? value : `${cookie}; ${value}`;
    else headers.push(name, value);
  }
  if (cookie !== null && !hasKey) headers.push('Cookie', cookie);
  headers.push('Host', forwarding.host);
  headers.push('X-Forwarded-For', forwarding.clientAddress);
  headers.push('X-Forwarded-Proto', forwarding.proto, 'X-Forwarded-Host', forwarding.host);
  headers.push(REQUEST_ID, forwarding.requestId);
  for (const name in identity) headers.push(name, identity[name as keyof Identity]);
  return headers;
}

/** Fields that decide how a message is read or who sent it; a service could merge a trailer into its headers. */
const NEVER_IN_TRAILERS =
  /^(?:content-.*|cookie|authorization|trailer|range|if-.*|max-forwards|cache-control)$/;

/**
 * Returns the trailers of a request for the service, as a flat list of names and values: without keys and identity
 * headers of the sender, in every spelling.
 */
export function buildForwardedTrailers(
  raw: readonly string[],
  { untrusted }: Pick<ForwardedHeaderOptions, 'untrusted'>,
): string[] {
  const trailers: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const { folded, isDropped } = describeName(raw[at] as string);
    const isNever = NEVER_IN_TRAILERS.test(folded) || METHOD_OVERRIDES.has(folded);
    if (isDropped || isNever || untrusted.has(folded)) continue;
    trailers.push(raw[at] as string, raw[at + 1] as string);
  }
  return trailers;
}

interface NameFacts {
  readonly lower: string;
  readonly folded: string;
  /** Never forwarded, whatever its value is. */
  readonly isDropped: boolean;
}

/** Kept, because clients send the same names with every request. */
const facts = new Map<string, NameFacts>();
const MAX_FACTS = 1_000;

function describeName(name: string): NameFacts {
  const known = facts.get(name);
  if (known) return known;
  const lower = name.toLowerCase();
  const folded = foldHeaderName(name);
  // A colon begins the pseudo-headers of HTTP/2.
  const isFraming = HOP_BY_HOP.has(folded) || (folded === 'content-length' && lower !== folded);
  const isOwn =
    lower.startsWith(':') ||
    lower === 'host' ||
    isFraming ||
    REPLACED.has(folded) ||
    PATH_OVERRIDES.has(folded);
  const described = {
    lower,
    folded,
    isDropped: isOwn || isIdentityHeader(name) || isCredentialHeader(name, ''),
  };
  if (facts.size >= MAX_FACTS) facts.clear();
  facts.set(name, described);
  return described;
}

interface ReturnedHeaderOptions {
  readonly hasKey: boolean;
  /** Replace headers of the same name, except `Vary`. */
  readonly added: Readonly<Record<string, string>>;
}

/** Returns the headers of a response without those of the connection to the service, as a flat list of names and values. */
export function buildReturnedHeaders(
  raw: readonly (string | Buffer)[],
  { hasKey, added }: ReturnedHeaderOptions,
): string[] {
  const texts: string[] = [];
  for (const part of raw) texts.push(typeof part === 'string' ? part : part.toString('latin1'));
  const named = namedInConnection(texts);
  const headers: string[] = [];
  for (let at = 0; at < texts.length; at += 2) {
    const { lower } = describeName(texts[at] as string);
    if (HOP_BY_HOP.has(lower) || named.has(lower)) continue;
    // A request with a key starts no session (PROTOCOL.md#using-a-key).
    if (hasKey && lower === 'set-cookie') continue;
    if (lower !== 'vary' && isAmong(lower, added)) continue;
    headers.push(texts[at] as string, texts[at + 1] as string);
  }
  for (const name in added) headers.push(name, added[name] as string);
  return headers;
}

function isAmong(lower: string, headers: Readonly<Record<string, string>>): boolean {
  for (const name in headers) if (describeName(name).lower === lower) return true;
  return false;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** Names in `Connection` are of this connection only. Otherwise a sender could remove a header that the gateway sets. */
function namedInConnection(raw: readonly string[]): ReadonlySet<string> {
  let names: Set<string> | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    if ((raw[at] as string).length !== 10 || describeName(raw[at] as string).lower !== 'connection') continue;
    names ??= new Set();
    for (const name of (raw[at + 1] as string).split(',')) names.add(name.trim().toLowerCase());
  }
  return names ?? NO_NAMES;
}
