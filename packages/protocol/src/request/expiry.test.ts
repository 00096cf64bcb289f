import { expect, test } from 'vitest';
import { parseExpiry } from './expiry.ts';

const limits = { maxDays: 365 };

test('parseExpiry: accepts whole seconds up to the maximum', () => {
  expect(parseExpiry(null, limits)).toBeNull();
  expect(parseExpiry('1', limits)).toBe(1);
  expect(parseExpiry('0000000060', limits)).toBe(60);
  expect(parseExpiry('31536000', limits)).toBe(31_536_000);
});

test.each([
  '',
  '0',
  '0000000000',
  '-1',
  '+1',
  '1.5',
  '1e3',
  ' 1',
  '1\n',
  '0x10',
  '１',
  'NaN',
  '12345678901',
  '9'.repeat(400),
])('parseExpiry: rejects %j', (text) => {
  expect(() => parseExpiry(text, limits)).toThrow(expect.objectContaining({ code: 'expiry_invalid' }));
});

test.each(['31536001', '9999999999'])('parseExpiry: rejects %s seconds as too long', (text) => {
  expect(() => parseExpiry(text, limits)).toThrow(
    expect.objectContaining({ code: 'expiry_too_long', details: { max_days: 365 } }),
  );
});
