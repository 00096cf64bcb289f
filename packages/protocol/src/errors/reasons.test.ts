import { expect, test } from 'vitest';
import { describeError, describeReason, REASONS } from './messages.ts';
import { ValetkeyError } from './valetkey-error.ts';

test.each(Object.entries(REASONS))('reason %s: is a stable code with a clause', (code, clause) => {
  expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
  expect(clause).toMatch(/^[^A-Z.].*[^.]$/);
});

test('describeError: replaces the code of a reason by its clause', () => {
  const details = { setting: 'max_user_api_reqs_per_day', reason: 'not_in_range', min: 1, max: 9 };
  expect(describeError('setting_invalid', details).sentence).toBe(
    'The value for the setting max_user_api_reqs_per_day is invalid: it must be a whole number from 1 to 9.',
  );
});

test('describeReason: replaces the reason inside a reason', () => {
  const details = { pattern: 'data://x', pattern_reason: 'forbidden_scheme', scheme: 'data' };
  expect(describeReason({ ...details, reason: 'pattern_invalid' })).toBe(
    '“data://x” is not a valid pattern: the scheme data is never allowed',
  );
});

test('describeReason: keeps an unknown reason, and ends at hostile nesting', () => {
  expect(describeReason({ reason: 'it timed out' })).toBe('it timed out');
  expect(describeReason({ reason: 'constructor' })).toBe('constructor');
  expect(describeReason({})).toBe('');
  const nested = { reason: 'pattern_invalid', pattern: 'x', pattern_reason: 'pattern_invalid' };
  expect(describeReason(nested)).toContain('“x” is not a valid pattern');
});

test('ValetkeyError: has the clause of a reason that a client detects in its message', () => {
  const error = new ValetkeyError('parameter_invalid', { parameter: 'site', reason: 'not_http_url' });
  expect(error.message).toContain('The parameter site is invalid: it is not an http(s) URL.');
});

test('describeError: takes the sentences of another language', () => {
  const errors = { parameter_missing: { sentence: '{parameter} fehlt.', advice: '' } };
  const texts = { errors: errors as never, reasons: REASONS };
  expect(describeError('parameter_missing', { parameter: 'nonce' }, texts).sentence).toBe('nonce fehlt.');
});
