import { isIP } from 'node:net';

/** An IP address in its normalized form. */
export interface IpAddress {
  readonly family: 'ipv4' | 'ipv6';
  /** `203.0.113.7`, `2001:db8::1` */
  readonly text: string;
}

const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * Parses one IP address; returns null for any other text, including ports, brackets and leading zeros. An IPv4-mapped
 * address (`::ffff:203.0.113.7`, from a dual-stack socket) becomes the IPv4 address.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const version = isIP(text);
  // A zone (`fe80::1%eth0`) names an interface of one machine and is meaningless on others.
  if (version === 0 || text.includes('%')) return null;
  if (version === 4) return { family: 'ipv4', text };
  const normal = normalise(text);
  const mapped = MAPPED.exec(normal);
  if (!mapped) return { family: 'ipv6', text: normal };
  return { family: 'ipv4', text: mapped.slice(1).flatMap(groupBytes).join('.') };
}

/**
 * Parses the IP address of a peer, as sockets report it. Ignores the zone, which names the interface and not the
 * peer.
 */
export function parsePeerIpAddress(text: string): IpAddress | null {
  const [withoutZone = ''] = text.split('%', 1);
  return parseIpAddress(withoutZone);
}

/**
 * Returns the IPv4 address of an IPv4-mapped one, as a dual-stack socket of Node reports it; every other text unchanged.
 * It parses nothing, because each request with a key calls it.
 *
 * @throws TypeError if the site passes no text
 */
export function withoutMapping(ipAddress: string): string {
  // A site may be written in JavaScript.
  if (typeof ipAddress !== 'string')
    throw new TypeError(
      'The context of a request needs ipAddress: the IP address of the client, as a string.',
    );
  if (!ipAddress.startsWith('::ffff:')) return ipAddress;
  const rest = ipAddress.slice('::ffff:'.length);
  return isIP(rest) === 4 ? rest : ipAddress;
}

/** Returns the IP address with all bits after the first `prefix` bits cleared. */
export function networkOf({ family, text }: IpAddress, prefix: number): IpAddress {
  const bytes = (family === 'ipv4' ? text.split('.').map(Number) : bytesOfIpv6(text)).map(
    (byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - index * 8))),
  );
  if (family === 'ipv4') return { family, text: bytes.join('.') };
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { family, text: normalise(hex.replace(/.{4}(?=.)/g, '$&:')) };
}

/** Lower case, shortest form, without an embedded IPv4 address: as browsers write the host of a URL. */
const normalise = (ipv6: string): string => new URL(`http://[${ipv6}]`).hostname.slice(1, -1);

function bytesOfIpv6(normal: string): number[] {
  const [before = [], after = []] = normal
    .split('::')
    .map((half) => half.split(':').filter((group) => group));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].flatMap(groupBytes);
}

function groupBytes(group: string): [number, number] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
