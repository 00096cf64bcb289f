import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { encodePayload, parsePayload } from './payload.ts';

const key = '00112233445566778899aabbccddeeff';
const payload = { key, nonce: 'n', push: false, api: 4, expiresAt: null };

test('encodePayload: has the field order of Discourse, and an expiry only if there is one', () => {
  expect(encodePayload(payload)).toBe(`{"key":"${key}","nonce":"n","push":false,"api":4}`);
  expect(encodePayload({ ...payload, expiresAt: '2027-01-01T00:00:00Z' })).toBe(
    `{"key":"${key}","nonce":"n","push":false,"api":4,"expires_at":"2027-01-01T00:00:00Z"}`,
  );
});

test('encodePayload: omits fractions of a second', () => {
  const expiresAt = '2027-01-01T00:00:00.123Z';
  expect(parsePayload(encodePayload({ ...payload, expiresAt })).expiresAt).toBe('2027-01-01T00:00:00Z');
});

test('parsePayload: reads what encodePayload writes', () => {
  const payloads = fc.record({
    key: fc.constant(key),
    nonce: fc.string({ unit: 'grapheme' }),
    push: fc.boolean(),
    api: fc.nat(99),
    expiresAt: fc.option(fc.constant('2027-01-01T00:00:00Z')),
  });
  fc.assert(
    fc.property(payloads, (one) => {
      expect(parsePayload(encodePayload(one))).toEqual(one);
    }),
  );
});

test('parsePayload: requires only key and nonce', () => {
  expect(parsePayload(`{"nonce":"n","key":"${key}","new":[]}`)).toEqual({ ...payload, api: 0 });
  expect(parsePayload(`{"nonce":"n","key":"k","push":1,"api":"4","expires_at":5}`)).toEqual({
    ...payload,
    key: 'k',
    api: 0,
  });
});

test.each([
  '',
  'x',
  'null',
  '[]',
  '"x"',
  '{}',
  '{"key":"a b","nonce":"n"}',
  '{"key":"","nonce":"n"}',
  '{"key":"a"}',
  '{"key":"a","nonce":1}',
  '{"key":["a"],"nonce":"n"}',
])('parsePayload: rejects %j', (text) => {
  expect(() => parsePayload(text)).toThrow(expect.objectContaining({ code: 'payload_unreadable' }));
});

test('parsePayload: throws only ValetkeyError, without the text', () => {
  expect(() => parsePayload(`{"key":"${key}"`)).toThrow(expect.not.stringContaining(key));
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      try {
        parsePayload(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
        expect((error as Error).cause).toBeUndefined();
      }
    }),
  );
});
