import { expect, test } from 'vitest';
import { isWhole } from './read-response.ts';

const WITH_LENGTH = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nplums';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nplums\r\n0\r\n\r\n';

test.each([WITH_LENGTH, CHUNKED])('isWhole: is true only at the last byte of a response', (text) => {
  const whole = [...text].map((_, index) => isWhole(text.slice(0, index + 1)));
  expect(whole.indexOf(true)).toBe(text.length - 1);
});
