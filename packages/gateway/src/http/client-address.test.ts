import { expect, test } from 'vitest';
import { createPeerTest } from '../config/parse-address.ts';
import { findClientAddress } from './client-address.ts';

const isTrusted = createPeerTest(['127.0.0.1', '10.0.0.0/8', 'unix']);

test.each([
  ['203.0.113.1', '198.51.100.7', '203.0.113.1', 'an untrusted peer reports nothing'],
  ['127.0.0.1', '198.51.100.7', '198.51.100.7', 'a trusted peer reports the client'],
  [
    '127.0.0.1',
    '198.51.100.7, 203.0.113.9, 10.1.1.1',
    '203.0.113.9',
    'what stands before the client is its own text',
  ],
  ['127.0.0.1', '10.1.1.1, 10.2.2.2', '127.0.0.1', 'only trusted addresses: the peer'],
  [undefined, '198.51.100.7', '198.51.100.7', 'a peer on a unix socket'],
  ['::ffff:203.0.113.1', null, '203.0.113.1', 'an IPv4 address in its usual form'],
])('findClientAddress(%s, %s) is %s: %s', (peer, forwardedFor, expected, _reason) => {
  expect(findClientAddress(peer, forwardedFor, isTrusted)).toBe(expected);
});
