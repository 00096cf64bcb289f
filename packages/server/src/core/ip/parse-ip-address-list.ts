import { ValetkeyError } from '@valetkey/protocol';
import { networkOf, parseIpAddress } from './ip-address.ts';

const MAX_ENTRIES = 32;
/** 32 of the longest entries, with room for what parts them. */
const MAX_LENGTH = 2_000;
/** How many bits of an IPv4 address in IPv6 form stand before the address itself. */
const MAPPED_BITS = 96;

/**
 * Reads the addresses that a key may be used from: single ones and networks (`203.0.113.7`, `10.0.0.0/8`,
 * `2001:db8::/32`), parted by commas or blanks. Answers each once, in its normal form; null if there are none, which
 * is a key for any address.
 *
 * @throws ValetkeyError `parameter_invalid`; `address_list_invalid` with the entry and what is wrong with it
 */
export function parseIpAddressList(value: unknown): readonly string[] | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') refuseWhole('it is not a single string');
  if (value.length > MAX_LENGTH) refuseWhole(`it is longer than ${MAX_LENGTH} characters`);
  const entries = value.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.length > MAX_ENTRIES) refuseWhole(`it names more than ${MAX_ENTRIES} addresses`);
  return entries.length === 0 ? null : [...new Set(entries.map(parseEntry))];
}

function parseEntry(entry: string): string {
  const [written = '', prefixText, ...rest] = entry.split('/');
  const ipAddress = parseIpAddress(written);
  if (!ipAddress || rest.length > 0)
    refuse(entry, 'it is neither an IP address nor a network such as 10.0.0.0/8');
  if (prefixText === undefined) return ipAddress.text;

  const bits = ipAddress.family === 'ipv4' ? 32 : 128;
  const isMapped = ipAddress.family === 'ipv4' && written.includes(':');
  const given = /^(?:0|[1-9]\d{0,2})$/.test(prefixText) ? Number(prefixText) : Number.NaN;
  const prefix = isMapped ? given - MAPPED_BITS : given;
  if (!(prefix >= 0 && prefix <= bits)) {
    const range = isMapped ? `${MAPPED_BITS + 1} to 128` : `1 to ${bits}`;
    refuse(entry, `what follows the slash has to be a number from ${range}`);
  }
  if (prefix === 0) refuse(entry, 'it is every address there is; leave the list empty if you mean that');
  const network = networkOf(ipAddress, prefix).text;
  if (network !== ipAddress.text) {
    refuse(
      entry,
      `it names one address and a network at once; write ${network}/${prefix} or ${ipAddress.text}`,
    );
  }
  return prefix === bits ? ipAddress.text : `${network}/${prefix}`;
}

function refuseWhole(reason: string): never {
  throw new ValetkeyError('parameter_invalid', { parameter: 'allowed_addresses', reason });
}

function refuse(entry: string, reason: string): never {
  throw new ValetkeyError('address_list_invalid', { entry: entry.slice(0, 60), reason });
}
