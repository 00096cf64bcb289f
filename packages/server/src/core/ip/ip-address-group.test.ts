import { expect, test } from 'vitest';
import { ipAddressGroup } from './ip-address-group.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:0207', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::ffff:1', '2001:db8::/64'],
  ['::1', '::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['', ''],
  ['not an address', 'not an address'],
])('ipAddressGroup: groups %s as %s', (ipAddress, group) => {
  expect(ipAddressGroup(ipAddress)).toBe(group);
});
