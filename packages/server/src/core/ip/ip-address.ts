import { isIP } from 'node:net';

/** An IP address in its one normal form. */
export interface IpAddress {
  readonly family: 'ipv4' | 'ipv6';
  /** `203.0.113.7`, `2001:db8::1` */
  readonly text: string;
}

const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * Reads one address; null for anything else, a port, brackets or leading zeros included. An IPv4 address that a socket
 * for both families reports as `::ffff:203.0.113.7` is the IPv4 address, so that it is one address everywhere.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const version = isIP(text);
  // A zone (`fe80::1%eth0`) names an interface of one machine, and means nothing on another.
  if (version === 0 || text.includes('%')) return null;
  if (version === 4) return { family: 'ipv4', text };
  const normal = normalise(text);
  const mapped = MAPPED.exec(normal);
  if (!mapped) return { family: 'ipv6', text: normal };
  return { family: 'ipv4', text: mapped.slice(1).flatMap(groupBytes).join('.') };
}

/** The address of a peer, as sockets write it: its zone says over which interface it came, not who it is. */
export function parsePeerIpAddress(text: string): IpAddress | null {
  const [withoutZone = ''] = text.split('%', 1);
  return parseIpAddress(withoutZone);
}

/** The address with all but its first `prefix` bits cleared. */
export function networkOf({ family, text }: IpAddress, prefix: number): IpAddress {
  const bytes = (family === 'ipv4' ? text.split('.').map(Number) : bytesOfIpv6(text)).map(
    (byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - index * 8))),
  );
  if (family === 'ipv4') return { family, text: bytes.join('.') };
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { family, text: normalise(hex.replace(/.{4}(?=.)/g, '$&:')) };
}

/** Lower case, shortest, and without an IPv4 address at its end: as every browser writes the host of a URL. */
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
