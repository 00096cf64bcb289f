import { BlockList } from 'node:net';
import { parseIpAddress, parsePeerIpAddress } from './ip-address.ts';

/** Whether an address is on the list. What is no address is on none. */
export type IpAddressMatcher = (ipAddress: string) => boolean;

/**
 * Makes a list ready to be asked on every request.
 *
 * @param list as `parseIpAddressList` answers it
 */
export function createIpAddressMatcher(list: readonly string[]): IpAddressMatcher {
  // One for each family: a single list would find 192.0.2.7 within ::/64, as ::ffff:192.0.2.7.
  const rules = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const entry of list) {
    const [written = '', prefix] = entry.split('/');
    const ipAddress = parseIpAddress(written);
    if (!ipAddress) throw new Error('A stored address list holds what is no address.');
    const { family, text } = ipAddress;
    if (prefix === undefined) rules[family].addAddress(text, family);
    else rules[family].addSubnet(text, Number(prefix), family);
  }
  return (ipAddress) => {
    const peer = parsePeerIpAddress(ipAddress);
    return peer !== null && rules[peer.family].check(peer.text, peer.family);
  };
}
