import { ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createIpAddressMatcher } from './ip-address-matcher.ts';
import { parseIpAddressList } from './parse-ip-address-list.ts';

const list = (text: string): readonly string[] => parseIpAddressList(text) ?? [];
const matches = (text: string, ipAddress: string): boolean => createIpAddressMatcher(list(text))(ipAddress);

/** The bytes of an integer, big-endian: an oracle that shares no code with the tested function. */
const ipv4Of = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
const ipv6Of = (value: bigint): string =>
  Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - i * 16)) & 0xffffn).toString(16)).join(':');
const families = [
  { bits: 32n, write: ipv4Of, max: 2n ** 32n - 1n },
  { bits: 128n, write: ipv6Of, max: 2n ** 128n - 1n },
] as const;

describe.each(families)('IP address lists of $bits bits', ({ bits, write, max }) => {
  const anyIpAddress = fc.bigInt(0n, max);
  const anyPrefix = fc.integer({ min: 1, max: Number(bits) }).map(BigInt);
  // Excludes IPv4-mapped IPv6 addresses, which have their own test.
  const isOwn = (value: bigint) => bits === 32n || value >> 32n !== 0xffffn;

  test('a network matches exactly the addresses with its prefix', () => {
    fc.assert(
      fc.property(anyIpAddress, anyPrefix, anyIpAddress, fc.boolean(), (base, prefix, other, isNear) => {
        const hostBits = bits - prefix;
        const network = (base >> hostBits) << hostBits;
        const peer = isNear ? network | (other & ((1n << hostBits) - 1n)) : other;
        fc.pre(isOwn(network) && isOwn(peer));
        const isInside = peer >> hostBits === network >> hostBits;
        expect(matches(`${write(network)}/${prefix}`, write(peer))).toBe(isInside);
      }),
    );
  });

  test('a network with host bits set is rejected, and the message contains the corrected network', () => {
    fc.assert(
      fc.property(anyIpAddress, anyPrefix, (ipAddress, prefix) => {
        const hostBits = bits - prefix;
        fc.pre(ipAddress & ((1n << hostBits) - 1n) ? isOwn(ipAddress) : false);
        const [network = '', single = ''] =
          /write (\S+) or (\S+)\.$/
            .exec(refusalOf(`${write(ipAddress)}/${prefix}`).replace(/ Correct.*/, ''))
            ?.slice(1) ?? [];
        expect(list(`${network} ${single}`)).toEqual([network, single]);
        expect(matches(network, write(ipAddress))).toBe(true);
        expect(matches(single, write(ipAddress))).toBe(true);
      }),
    );
  });

  test('a single address matches itself in every notation, and never its neighbours', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, max - 1n).filter(isOwn), (ipAddress) => {
        const [stored = ''] = list(write(ipAddress).toUpperCase());
        expect(matches(stored, write(ipAddress))).toBe(true);
        expect(matches(stored, write(ipAddress + 1n))).toBe(false);
        expect(matches(stored, write(ipAddress - 1n))).toBe(false);
        expect(list(stored)).toEqual([stored]);
      }),
    );
  });
});

function refusalOf(text: unknown): string {
  try {
    parseIpAddressList(text);
  } catch (error) {
    if (error instanceof ValetkeyError) return describeError(error.code, error.details).sentence;
  }
  throw new Error(`It was taken: ${text}`);
}

test('createIpAddressMatcher: treats an IPv4-mapped IPv6 address as the IPv4 address, on the list and as a peer', () => {
  for (const entry of [
    '192.0.2.0/24',
    '::ffff:192.0.2.0/120',
    '::FFFF:c000:200/120',
    '192.0.2.7',
    '::ffff:c000:207',
  ]) {
    for (const peer of ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:C000:0207', '0:0:0:0:0:ffff:192.0.2.7'])
      expect(matches(entry, peer), `${entry} ${peer}`).toBe(true);
    for (const peer of ['192.0.3.7', '::ffff:192.0.3.7', '::192.0.2.7', '64:ff9b::192.0.2.7'])
      expect(matches(entry, peer), `${entry} ${peer}`).toBe(false);
  }
  expect(list('::ffff:192.0.2.0/120,192.0.2.0/24')).toEqual(['192.0.2.0/24']);
});

test('createIpAddressMatcher: matches no IPv4 address with an IPv6 network', () => {
  for (const entry of ['::/1', '::/80', '::/64', '::/16']) {
    expect(matches(entry, '192.0.2.7'), entry).toBe(false);
    expect(matches(entry, '::ffff:192.0.2.7'), entry).toBe(false);
    expect(matches(entry, '::1'), entry).toBe(true);
  }
});

test('createIpAddressMatcher: ignores the zone of a peer, and matches no text that is not an address', () => {
  expect(matches('fe80::/10', 'fe80::1%eth0')).toBe(true);
  expect(matches('fe80::/10', 'fe80::1%')).toBe(true);
  for (const peer of ['', 'unknown', '%', '192.0.2.7:443', '[::1]', '192.0.2.7, 192.0.2.8', '192.0.2.07'])
    expect(matches('192.0.2.0/24 ::/1 fe80::/10', peer), peer).toBe(false);
});

test('createIpAddressMatcher: matches nothing with an empty stored list, and throws for an invalid one', () => {
  expect(createIpAddressMatcher([])('192.0.2.7')).toBe(false);
  expect(() => createIpAddressMatcher(['localhost'])).toThrow('invalid entry');
});

test.each([
  ['', null],
  [' ,\n, ', null],
  [undefined, null],
  ['192.0.2.7', ['192.0.2.7']],
  ['192.0.2.7/32, 2001:DB8::1/128', ['192.0.2.7', '2001:db8::1']],
  ['2001:0db8:0:0::/32\n10.0.0.0/8\t10.0.0.0/8', ['2001:db8::/32', '10.0.0.0/8']],
  ['::1.2.3.4', ['::102:304']],
  ['128.0.0.0/1', ['128.0.0.0/1']],
])('parseIpAddressList: parses %j as %j', (text, expected) => {
  expect(parseIpAddressList(text)).toEqual(expected);
});

test.each([
  ['localhost', 'neither an IP address'],
  ['192.0.2', 'neither an IP address'],
  ['192.0.2.256', 'neither an IP address'],
  ['010.0.0.1', 'neither an IP address'],
  ['0x7f.0.0.1', 'neither an IP address'],
  ['2130706433', 'neither an IP address'],
  ['１９２.0.2.7', 'neither an IP address'],
  ['192.0.2.7:443', 'neither an IP address'],
  ['[::1]', 'neither an IP address'],
  ['fe80::1%eth0', 'neither an IP address'],
  ['10.0.0.0/8/8', 'neither an IP address'],
  ['/8', 'neither an IP address'],
  ['192.0.2.*', 'neither an IP address'],
  ['10.0.0.0/', 'from 1 to 32'],
  ['10.0.0.0/33', 'from 1 to 32'],
  ['10.0.0.0/-1', 'from 1 to 32'],
  ['10.0.0.0/08', 'from 1 to 32'],
  ['10.0.0.0/255.0.0.0', 'from 1 to 32'],
  ['2001:db8::/129', 'from 1 to 128'],
  ['::ffff:10.0.0.0/90', 'from 97 to 128'],
  ['::ffff:10.0.0.0/129', 'from 97 to 128'],
  ['10.0.0.5/8', 'write 10.0.0.0/8 or 10.0.0.5'],
  ['2001:db8::5/32', 'write 2001:db8::/32 or 2001:db8::5'],
  ['0.0.0.0/0', 'all IP addresses'],
  ['::/0', 'all IP addresses'],
  ['::ffff:0:0/96', 'all IP addresses'],
])('parseIpAddressList: rejects %s, and names the entry and the reason', (entry, reason) => {
  const message = refusalOf(`192.0.2.7 ${entry},10.0.0.0/8`);
  expect(message).toContain(`The entry ${entry} `);
  expect(message).toContain(reason);
});

test('parseIpAddressList: rejects values that are not text, and lists that are too long', () => {
  for (const value of [null, 7, ['192.0.2.7'], {}]) expect(refusalOf(value)).toContain('allowed_addresses');
  expect(refusalOf(Array.from({ length: 33 }, (_, i) => `192.0.2.${i}`).join())).toContain('more than 32');
  expect(refusalOf(`192.0.2.7${' '.repeat(2_000)}`)).toContain('longer than');
});
