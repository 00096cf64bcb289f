import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';

/** Returns all IP addresses of a name, as `dns.promises.lookup` with `all`; rejects if there are none. */
export type ResolveHost = (hostname: string) => Promise<LookupAddress[]>;

/** The IP addresses of a push URL, or why nothing is sent there. */
export type TargetAddresses =
  | { readonly addresses: readonly [LookupAddress, ...LookupAddress[]] }
  | { readonly problem: 'private_address' | 'name_not_found' };

/**
 * Resolves the host once and checks all its IP addresses; uses none if one is not public. Connect only to the result:
 * a second DNS query may return other addresses (DNS rebinding).
 */
export async function findTargetAddresses(
  { hostname }: URL,
  resolveHost: ResolveHost,
  allowsPrivate: boolean,
): Promise<TargetAddresses> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const found = family === 0 ? await resolveHost(host).catch(() => []) : [{ address: host, family }];
  const [first, ...others] = found;
  if (!first) return { problem: 'name_not_found' };
  const areAllowed = allowsPrivate || found.every(({ address }) => isPublicAddress(address));
  return areAllowed ? { addresses: [first, ...others] } : { problem: 'private_address' };
}
