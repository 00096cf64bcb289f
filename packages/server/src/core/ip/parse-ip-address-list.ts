import { ValetkeyError } from '@valetkey/protocol';
import type { Reason } from '../reason.ts';
import { networkOf, parseIpAddress } from './ip-address.ts';

const MAX_ENTRIES = 32;
/** 32 entries of maximum length, with separators. */
const MAX_LENGTH = 2_000;
/** The number of bits before the IPv4 address in an IPv4-mapped IPv6 address. */
const MAPPED_BITS = 96;

/**
 * Parses the IP addresses that a key may be used from: single addresses and networks (`203.0.113.7`, `10.0.0.0/8`,
 * `2001:db8::/32`), separated by commas or white space. Returns them normalized, without duplicates; null for an
 * empty list, which allows any IP address.
 *
 * @throws ValetkeyError `parameter_invalid`; `address_list_invalid` with the entry and the reason
 */
export function parseIpAddressList(value: unknown): readonly string[] | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') refuseWhole({ reason: 'not_single_string' });
  if (value.length > MAX_LENGTH) refuseWhole({ reason: 'too_long', max_characters: MAX_LENGTH });
  const entries = value.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.length > MAX_ENTRIES) refuseWhole({ reason: 'too_many_entries', max_entries: MAX_ENTRIES });
  return entries.length === 0 ? null : [...new Set(entries.map(parseEntry))];
}

function parseEntry(entry: string): string {
  const [written = '', prefixText, ...rest] = entry.split('/');
  const ipAddress = parseIpAddress(written);
  if (!ipAddress || rest.length > 0) refuse(entry, { reason: 'not_ip_address' });
  if (prefixText === undefined) return ipAddress.text;

  const bits = ipAddress.family === 'ipv4' ? 32 : 128;
  const isMapped = ipAddress.family === 'ipv4' && written.includes(':');
  const given = /^(?:0|[1-9]\d{0,2})$/.test(prefixText) ? Number(prefixText) : Number.NaN;
  const prefix = isMapped ? given - MAPPED_BITS : given;
  if (!(prefix >= 0 && prefix <= bits)) {
    const [min_prefix, max_prefix] = isMapped ? [MAPPED_BITS + 1, 128] : [1, bits];
    refuse(entry, { reason: 'prefix_out_of_range', min_prefix, max_prefix });
  }
  if (prefix === 0) refuse(entry, { reason: 'every_ip_address' });
  const network = networkOf(ipAddress, prefix).text;
  if (network !== ipAddress.text) {
    refuse(entry, {
      reason: 'host_bits_set',
      network: `${network}/${prefix}`,
      ip_address: ipAddress.text,
    });
  }
  return prefix === bits ? ipAddress.text : `${network}/${prefix}`;
}

function refuseWhole(why: Reason): never {
  throw new ValetkeyError('parameter_invalid', { parameter: 'allowed_addresses', ...why });
}

function refuse(entry: string, why: Reason): never {
  throw new ValetkeyError('address_list_invalid', { entry: entry.slice(0, 60), ...why });
}
