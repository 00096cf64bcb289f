import { parsePeerIpAddress } from './ip-address.ts';
import { createIpAddressMatcher } from './ip-address-matcher.ts';
import { parseIpAddressList } from './parse-ip-address-list.ts';

/**
 * Returns the IP address of a client: the right-most entry that no trusted proxy has.
 *
 * @param peer the IP address of the socket
 * @param forwardedFor the header X-Forwarded-For, to which each proxy appends the IP address of its own peer
 */
export type FindClientIpAddress = (peer: string, forwardedFor: string | null) => string;

/**
 * Creates `FindClientIpAddress` for a site behind these proxies. Without proxies, the header X-Forwarded-For is ignored, because
 * every client can send it.
 *
 * @param trustedProxies IP addresses and networks of all proxies in front of the site, such as `10.0.0.0/8`
 * @throws ValetkeyError `address_list_invalid` with the entry and the reason
 */
export function createFindClientIpAddress(trustedProxies: readonly string[] = []): FindClientIpAddress {
  if (parseIpAddressList(trustedProxies.join(',')) === null) return (peer) => peer;
  const isTrusted = createIsTrustedProxy(trustedProxies);
  return (peer, forwardedFor) => findClientIpAddress(peer, forwardedFor, isTrusted);
}

/**
 * Creates the test whether the peer of a connection is one of these proxies, so that its headers can be used.
 *
 * @param trustedProxies as for `createFindClientIpAddress`
 * @throws ValetkeyError `address_list_invalid` with the entry and the reason
 */
export function createIsTrustedProxy(trustedProxies: readonly string[] = []): (peer: string) => boolean {
  return createIpAddressMatcher(parseIpAddressList(trustedProxies.join(',')) ?? []);
}

/**
 * Returns the IP address of a client: the right-most entry that is no trusted proxy.
 *
 * @param peer the IP address of the socket; empty for a unix socket
 * @param forwardedFor the header X-Forwarded-For; repeated headers joined with a comma
 */
export function findClientIpAddress(
  peer: string,
  forwardedFor: string | null,
  isTrusted: (ipAddress: string) => boolean,
): string {
  let found = parsePeerIpAddress(peer)?.text ?? peer;
  const entries = forwardedFor === null ? [] : forwardedFor.split(',');
  while (isTrusted(found)) {
    const entry = parsePeerIpAddress((entries.pop() ?? '').trim().replace(PORT, '$1$2'));
    // The last proxy is known, its client is not: its own address is the safe answer.
    if (!entry) break;
    found = entry.text;
  }
  return found;
}

/** Some proxies append the port: `192.0.2.1:80`, `[2001:db8::1]:80`. */
const PORT = /^(?:\[(.*)\]|([^:]*))(?::\d+)?$/;
