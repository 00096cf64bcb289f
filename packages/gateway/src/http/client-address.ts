import type { IsPeer } from '../config/parse-address.ts';

/**
 * Returns the IP address of the client: the peer, or what trusted proxies in front report. Of the reported addresses,
 * the last one that is not a trusted proxy counts, because everything before it may come from the client.
 *
 * @param peer the address of the connection; undefined on a unix socket
 * @param forwardedFor the header as received, repeated ones joined with a comma
 */
export function findClientAddress(
  peer: string | undefined,
  forwardedFor: string | null,
  isTrusted: IsPeer,
): string {
  const direct = toPlainAddress(peer ?? '');
  if (forwardedFor === null || !isTrusted(peer)) return direct;
  const reported = forwardedFor.split(',').map((address) => toPlainAddress(address.trim()));
  return reported.findLast((address) => address !== '' && !isTrusted(address)) ?? direct;
}

/** Returns an IPv4 address in its usual form, also if the socket is IPv6. */
const toPlainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
