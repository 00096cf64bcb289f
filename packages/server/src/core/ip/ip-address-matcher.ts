import { BlockList } from 'node:net';
import { parseIpAddress, parsePeerIpAddress } from './ip-address.ts';

/** Returns whether an IP address is on the list; false for a text that is not an IP address. */
export type IpAddressMatcher = (ipAddress: string) => boolean;

/**
 * Creates a matcher for a list, for use on every request.
 *
 * @param list as `parseIpAddressList` returns it
 */
export function createIpAddressMatcher(list: readonly string[]): IpAddressMatcher {
  // One for each IP version: a single list would find 192.0.2.7 within ::/64, as ::ffff:192.0.2.7.
  const rules = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const entry of list) {
    const [written = '', prefix] = entry.split('/');
    const ipAddress = parseIpAddress(written);
    if (!ipAddress) throw new Error('A stored IP address list contains an invalid entry.');
    const { family, text } = ipAddress;
    if (prefix === undefined) rules[family].addAddress(text, family);
    else rules[family].addSubnet(text, Number(prefix), family);
  }
  return (ipAddress) => {
    const peer = parsePeerIpAddress(ipAddress);
    return peer !== null && rules[peer.family].check(peer.text, peer.family);
  };
}
