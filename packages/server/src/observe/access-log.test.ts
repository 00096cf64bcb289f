import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeAccess } from './access-log.ts';
import { chooseRequestId } from './request-id.ts';

const KEY = '0123456789abcdef'.repeat(2);
const ended = { requestId: 'id-1', method: 'GET', url: '/', status: 200, ms: 2.6, now: 0 };

test('describeAccess: has time, id, method, path, status and duration', () => {
  expect(describeAccess({ ...ended, url: '/latest.json?page=2' })).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    requestId: 'id-1',
    method: 'GET',
    path: '/latest.json',
    status: 200,
    ms: 3,
  });
});

test.each([
  `/latest.json?user_api_key=${KEY}`,
  `/t/${KEY}`,
  `/session/otp/${KEY}`,
  `/login?return_to=${encodeURIComponent(`/x?user_api_key=${KEY}`)}`,
  `http://user:${KEY}@forum.example/x`,
  `/x#${KEY}`,
  `/${'a/'.repeat(600)}?key=${KEY}`,
])('describeAccess: the key in %s is not in the line', (url) => {
  expect(JSON.stringify(describeAccess({ ...ended, url }))).not.toContain(KEY.slice(0, 16));
});

test('describeAccess: any request is one bounded line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 5_000 }),
      fc.string({ unit: 'binary' }),
      (url, method) => {
        const line = JSON.stringify(describeAccess({ ...ended, url, method }));
        expect(line).toMatch(/^[ -~]*$/);
        expect(JSON.parse(line).path.length).toBeLessThanOrEqual(1_003);
        expect(JSON.parse(line).method).toMatch(/^(?:[A-Z-]{1,20}|_OTHER)$/);
      },
    ),
  );
});

test.each([
  ['an id of a trusted proxy', 'f00d-1.2_3=', true, 'f00d-1.2_3='],
  ['an id of anybody else', 'f00d', false, 'new'],
  ['no id', null, true, 'new'],
  ['an empty id', '', true, 'new'],
  ['a longer id than 128 characters', 'a'.repeat(129), true, 'new'],
  ['a repeated header', 'a, b', true, 'new'],
  ['a line break', 'a\nb', true, 'new'],
  ['a line break at the end', 'a\n', true, 'new'],
  ['other characters', '{"a":1}', true, 'new'],
  ['letters of another script', 'ａ', true, 'new'],
])('chooseRequestId: %s', (_, sent, isTrusted, expected) => {
  expect(
    chooseRequestId(
      sent,
      () => isTrusted,
      () => 'new',
    ),
  ).toBe(expected);
});
