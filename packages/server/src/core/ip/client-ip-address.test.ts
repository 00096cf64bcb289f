import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFindClientIpAddress, findClientIpAddress } from './client-ip-address.ts';

describe('createFindClientIpAddress', () => {
  const find = createFindClientIpAddress(['10.0.0.0/8', '2001:db8::/32']);

  test.each([
    ['an untrusted peer', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['one proxy', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['entries of the client', '10.0.0.1', '198.51.100.7, 203.0.113.9', '203.0.113.9'],
    ['two proxies', '2001:db8::1', '198.51.100.7, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['only proxies', '10.0.0.1', '10.0.0.3,10.0.0.2', '10.0.0.3'],
    ['an IPv4-mapped peer', '::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['an IPv4-mapped client', '::ffff:203.0.113.1', null, '203.0.113.1'],
    ['a port', '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['an IPv6 address with a port', '10.0.0.1', '[2001:db9::1]:4711', '2001:db9::1'],
    ['an IPv6 address', '10.0.0.1', '2001:db9::1', '2001:db9::1'],
    ['no header', '10.0.0.1', null, '10.0.0.1'],
    ['an empty header', '10.0.0.1', '', '10.0.0.1'],
    ['no IP address', '10.0.0.1', '203.0.113.9, unknown', '10.0.0.1'],
    ['an empty entry', '10.0.0.1', '203.0.113.9,', '10.0.0.1'],
  ])('%s', (_name, peer, forwardedFor, expected) => {
    expect(find(peer, forwardedFor)).toBe(expected);
  });

  test('without trusted proxies: ignores the header', () => {
    expect(createFindClientIpAddress()('10.0.0.1', '203.0.113.9')).toBe('10.0.0.1');
  });

  test('whatever the client sends before the proxy’s own entry: not used', () => {
    fc.assert(
      fc.property(fc.string(), (forged) => {
        expect(find('10.0.0.1', `${forged}, 203.0.113.9`)).toBe('203.0.113.9');
      }),
    );
  });

  test.each([['nginx'], ['10.0.0.1/8'], ['0.0.0.0/0']])('%s: rejected at the start', (entry) => {
    expect(() => createFindClientIpAddress([entry])).toThrow(entry);
  });
});

test('findClientIpAddress: a trusted peer without an address is a unix socket', () => {
  const isTrusted = (ipAddress: string) => ipAddress === '';
  expect(findClientIpAddress('', '198.51.100.7, 203.0.113.9', isTrusted)).toBe('203.0.113.9');
  expect(findClientIpAddress('', null, isTrusted)).toBe('');
});
