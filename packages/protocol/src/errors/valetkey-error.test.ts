import { expect, test } from 'vitest';
import { ERROR_CATALOGUE } from './error-catalogue.ts';
import { describeError, errorBody } from './messages.ts';
import { ValetkeyError } from './valetkey-error.ts';

test('describeError: fills placeholders and joins lists by commas', () => {
  const { sentence, advice } = describeError('scope_not_allowed', {
    refused_scopes: ['write', 'push'],
    allowed_scopes: ['read'],
  });
  expect(sentence).toBe('This site does not grant the requested scopes: write, push.');
  expect(advice).toContain('(allowed: read)');
});

test('describeError: omits an optional part whose detail is missing or empty', () => {
  for (const details of [{}, { refused_scopes: [] }, { refused_scopes: null }]) {
    const { sentence } = describeError('scope_not_allowed', details);
    expect(sentence).toBe('This site does not grant the requested scopes.');
  }
});

test('describeError: leaves no placeholder if details are missing', () => {
  for (const code of Object.keys(ERROR_CATALOGUE) as (keyof typeof ERROR_CATALOGUE)[]) {
    const { sentence, advice } = describeError(code);
    expect(`${sentence} ${advice} ${new ValetkeyError(code).message}`).not.toMatch(/[{}[\]]/);
  }
});

test('describeError: inserts a detail as text, not as a template', () => {
  const { sentence } = describeError('parameter_invalid', {
    parameter: '{reason}',
    reason: '[$& {parameter}]',
  });
  expect(sentence).toBe('The parameter {reason} is invalid: [$& {parameter}].');
});

test('describeError: ignores the prototype of the details', () => {
  expect(describeError('parameter_missing', Object.create({ parameter: 'x' })).sentence).toContain('…');
});

test('errorBody: has errors and error_type for old clients, code, advice and details', () => {
  expect(errorBody('key_unknown', { hint: 1 })).toEqual({
    errors: [ERROR_CATALOGUE.key_unknown.sentence],
    error_type: 'invalid_access',
    code: 'key_unknown',
    advice: ERROR_CATALOGUE.key_unknown.advice,
    hint: 1,
  });
});

test('errorBody: details cannot overwrite its fixed fields', () => {
  const details = { errors: 'x', code: 'x', error_type: 'x', advice: 'x' };
  expect(errorBody('key_unknown', details)).toEqual(errorBody('key_unknown'));
});

test('ValetkeyError: has code, details and cause', () => {
  const cause = new Error('offline');
  const error = new ValetkeyError('expiry_too_long', { max_days: 30 }, { cause });
  expect(error).toMatchObject({
    name: 'ValetkeyError',
    code: 'expiry_too_long',
    details: { max_days: 30 },
    cause,
  });
});

test('ValetkeyError: its message is the sentence and advice of a client error', () => {
  const { sentence, advice } = describeError('site_unreachable', { site: 'https://x.example' });
  const error = new ValetkeyError('site_unreachable', { site: 'https://x.example' });
  expect(error.message).toBe(`${sentence} ${advice}`);
});

test('ValetkeyError: its message is code and details of a site error, whether the catalogue is loaded or not', () => {
  const error = new ValetkeyError('scope_not_allowed', { refused_scopes: ['a', 'b'], max: 1 });
  expect(error.message).toBe('The request was rejected: scope_not_allowed (refused_scopes: a,b, max: 1).');
  expect(new ValetkeyError('key_unknown').message).toBe('The request was rejected: key_unknown.');
});
