import { networkOf, parsePeerIpAddress } from './ip-address.ts';

/**
 * Returns the group that attempts from an IP address are counted under. All 2^64 addresses of an IPv6 /64 network
 * count as one, because one subscriber controls them. An IPv4-mapped IPv6 address counts as the IPv4 address.
 *
 * @param ipAddress of the peer; a text that is not an IP address is its own group
 * @example ipAddressGroup('2001:db8:1:2:3:4:5:6') // '2001:db8:1:2::/64'
 */
export function ipAddressGroup(ipAddress: string): string {
  const ip = parsePeerIpAddress(ipAddress);
  if (!ip) return ipAddress;
  return ip.family === 'ipv4' ? ip.text : `${networkOf(ip, 64).text}/64`;
}
