import { expect, test } from 'vitest';
import { createPeerTest } from './parse-address.ts';

test.each([
  [['127.0.0.1'], '127.0.0.1', true],
  [['127.0.0.1'], '::ffff:127.0.0.1', true],
  [['127.0.0.1'], '127.0.0.2', false],
  [['10.0.0.0/8'], '10.255.0.1', true],
  [['10.0.0.0/8'], '11.0.0.1', false],
  [['fd00::/8'], 'fd12::1', true],
  [['fd00::/8'], '::1', false],
  [['0.0.0.0/0'], '::1', false],
  [['unix'], undefined, true],
  [['unix'], '127.0.0.1', false],
  [['127.0.0.1'], undefined, false],
  [['127.0.0.1'], '', false],
  [['127.0.0.1'], '127.0.0.1.evil.example', false],
  [[], '127.0.0.1', false],
])('createPeerTest(%j): %s is trusted: %s', (peers, address, isTrusted) => {
  expect(createPeerTest(peers)(address)).toBe(isTrusted);
});

test('createPeerTest: the answer for one address never applies to the next one', () => {
  const isPeer = createPeerTest(['127.0.0.1', 'unix']);
  const addresses = ['127.0.0.1', '127.0.0.1', '10.0.0.1', undefined, '10.0.0.1', '127.0.0.1', ''];
  expect(addresses.map(isPeer)).toEqual([true, true, false, true, false, true, true]);
});
