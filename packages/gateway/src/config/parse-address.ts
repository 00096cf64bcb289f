import { BlockList, isIP } from 'node:net';
import type { ListenAddress } from './gateway-config.ts';
import type { YamlValue } from './yaml-value.ts';

/** Returns where to listen: `127.0.0.1:8443`, `[::1]:8443`, `8443`, or the path of a unix socket. */
export function parseListenAddress(value: YamlValue): ListenAddress {
  const text = value.text();
  if (text.startsWith('unix:')) return { kind: 'unix', path: text.slice('unix:'.length) };
  if (text.startsWith('/') || text.startsWith('./')) return { kind: 'unix', path: text };
  const found = /^(?:(\[[0-9a-f:]+\]|[\w.-]+):)?(\d{1,5})$/i.exec(text);
  if (!found || Number(found[2]) > 65_535) {
    return value.fail(
      `${value.label} is not an address.`,
      'Write 127.0.0.1:8443, or the path of a unix socket.',
    );
  }
  const host = (found[1] ?? '127.0.0.1').replace(/^\[|\]$/g, '');
  return { kind: 'tcp', host, port: Number(found[2]) };
}

/** Returns a list of IP addresses and networks, such as `10.0.0.0/8`, or `unix` for peers on a unix socket. */
export function parsePeers(value: YamlValue): string[] {
  return value.list().map((item) => {
    const text = item.text();
    if (text !== 'unix' && readNetwork(text) === null) {
      item.fail(`${text} is not an IP address or network.`, 'Write 127.0.0.1, 10.0.0.0/8, ::1 or unix.');
    }
    return text;
  });
}

/** Returns whether a peer is in the list. A peer on a unix socket has no address. */
export type IsPeer = (address: string | undefined) => boolean;

/** Creates the test for a list of `parsePeers`. */
export function createPeerTest(peers: readonly string[]): IsPeer {
  const list = new BlockList();
  for (const peer of peers) {
    const network = readNetwork(peer);
    if (network) list.addSubnet(network.address, network.prefix, network.family);
  }
  const acceptsUnix = peers.includes('unix');
  if (peers.every((peer) => peer === 'unix')) return (address) => acceptsUnix && !address;
  const isListed = (address: string): boolean => {
    const plain = address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
  // Each request asks several times about its own peer, and a proxy sends many requests in a row.
  let last = { address: '', isPeer: false };
  return (address) => {
    if (address === undefined || address === '') return acceptsUnix;
    if (address !== last.address) last = { address, isPeer: isListed(address) };
    return last.isPeer;
  };
}

function readNetwork(text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', size, ...rest] = text.split('/');
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const prefix = size === undefined ? bits : Number(size);
  const isValid = version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(size ?? '0') && prefix <= bits;
  return isValid ? { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } : null;
}
