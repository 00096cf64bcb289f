import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are not public (IANA’s special-purpose registry), and multicast. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * Only 2000::/3 is public in IPv6. That excludes loopback, private, link-local, multicast, and addresses that embed
 * an IPv4 address (mapped, compatible, NAT64). The special networks within it include 6to4 and Teredo.
 */
const GLOBAL_IPV6 = ['2000::/3'];
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const specialIpv4 = blockListOf(SPECIAL_IPV4, 'ipv4');
const globalIpv6 = blockListOf(GLOBAL_IPV6, 'ipv6');
const specialIpv6 = blockListOf(SPECIAL_IPV6, 'ipv6');

/**
 * Returns whether this is a public IP address: not private, local, reserved or for documentation. False for other
 * texts.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !specialIpv4.check(address, 'ipv4');
    case 6:
      return globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
    default:
      return false;
  }
}

function blockListOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const blockList = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    blockList.addSubnet(address, Number(prefix), family);
  }
  return blockList;
}
