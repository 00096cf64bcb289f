import { networkOf, parsePeerIpAddress } from './ip-address.ts';

/**
 * What attempts from an address are counted under. Whoever has one IPv6 address has the 2^64 of its network, so they
 * count as one; an IPv4 address written as IPv6 is the IPv4 address.
 *
 * @param ipAddress the peer's, as sockets write it; anything else is its own group
 * @example ipAddressGroup('2001:db8:1:2:3:4:5:6') // '2001:db8:1:2::/64'
 */
export function ipAddressGroup(ipAddress: string): string {
  const ip = parsePeerIpAddress(ipAddress);
  if (!ip) return ipAddress;
  return ip.family === 'ipv4' ? ip.text : `${networkOf(ip, 64).text}/64`;
}
