import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';

/** All addresses of a name, as `dns.promises.lookup` with `all` answers them; rejects if there are none. */
export type LookUpAll = (hostname: string) => Promise<LookupAddress[]>;

/** Where a push URL leads now, or why nothing is sent there. */
export type TargetAddresses =
  | { readonly addresses: readonly [LookupAddress, ...LookupAddress[]] }
  | { readonly problem: 'private_address' | 'name_not_found' };

/**
 * Looks the host up once and checks every address it has: with one that is not public, none is used. Connect to what
 * this answers and to nothing else; a second look-up may be answered differently (DNS rebinding).
 */
export async function findTargetAddresses(
  { hostname }: URL,
  lookUpAll: LookUpAll,
  allowsPrivate: boolean,
): Promise<TargetAddresses> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const found = family === 0 ? await lookUpAll(host).catch(() => []) : [{ address: host, family }];
  const [first, ...others] = found;
  if (!first) return { problem: 'name_not_found' };
  const areAllowed = allowsPrivate || found.every(({ address }) => isPublicAddress(address));
  return areAllowed ? { addresses: [first, ...others] } : { problem: 'private_address' };
}
