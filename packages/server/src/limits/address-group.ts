import { isIPv6 } from 'node:net';

/**
 * What attempts from an address are counted under. Whoever has one IPv6 address has the 2^64 of its network, so they
 * count as one; an IPv4 address written as IPv6 is the IPv4 address.
 *
 * @param address the peer's, as sockets write it; anything else is its own group
 * @example addressGroup('2001:db8:1:2:3:4:5:6') // '2001:db8:1:2::/64'
 */
export function addressGroup(address: string): string {
  const [ip = ''] = address.split('%');
  if (!isIPv6(ip)) return address;
  // The URL parser writes every form of an address in one way.
  const [head = '', tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const all = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  const [high, low] = all.slice(6).map((group) => Number.parseInt(group, 16)) as [number, number];
  if (all.slice(0, 5).every((group) => group === '0') && all[5] === 'ffff') {
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return `${all.slice(0, 4).join(':')}::/64`;
}
