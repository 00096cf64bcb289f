import { expect, test } from 'vitest';
import { ERROR_CATALOGUE } from './error-catalogue.ts';
import { describeError, errorBody, ValetkeyError } from './valetkey-error.ts';

test('fills the placeholders, lists with commas', () => {
  const { sentence, advice } = describeError('scope_not_allowed', {
    refused_scopes: ['write', 'push'],
    allowed_scopes: ['read'],
  });
  expect(sentence).toBe('This site does not grant the requested scopes: write, push.');
  expect(advice).toContain('(allowed: read)');
});

test('leaves out the optional part whose detail is missing or empty', () => {
  for (const details of [{}, { refused_scopes: [] }, { refused_scopes: null }]) {
    const { sentence } = describeError('scope_not_allowed', details);
    expect(sentence).toBe('This site does not grant the requested scopes.');
  }
});

test('never shows a bare placeholder, whatever detail is missing', () => {
  for (const code of Object.keys(ERROR_CATALOGUE) as (keyof typeof ERROR_CATALOGUE)[]) {
    expect(new ValetkeyError(code).message).not.toMatch(/[{}[\]]/);
  }
});

test('takes a detail as text, not as another template', () => {
  const { sentence } = describeError('parameter_invalid', {
    parameter: '{reason}',
    reason: '[$& {parameter}]',
  });
  expect(sentence).toBe('The parameter {reason} is invalid: [$& {parameter}].');
});

test('takes nothing from the prototype of the details', () => {
  expect(describeError('parameter_missing', Object.create({ parameter: 'x' })).sentence).toContain('…');
});

test('the body has what old clients read, the code, the advice and the details', () => {
  expect(errorBody('key_unknown', { hint: 1 })).toEqual({
    errors: [ERROR_CATALOGUE.key_unknown.sentence],
    error_type: 'invalid_access',
    code: 'key_unknown',
    advice: ERROR_CATALOGUE.key_unknown.advice,
    hint: 1,
  });
});

test('details never overwrite the fixed fields of the body', () => {
  const details = { errors: 'x', code: 'x', error_type: 'x', advice: 'x' };
  expect(errorBody('key_unknown', details)).toEqual(errorBody('key_unknown'));
});

test('the error carries code, details, status and both sentences', () => {
  const error = new ValetkeyError('expiry_too_long', { max_days: 30 });
  expect(error).toMatchObject({
    name: 'ValetkeyError',
    code: 'expiry_too_long',
    status: 400,
    details: { max_days: 30 },
  });
  expect(error.message).toMatch(/the maximum of 30 days\. Request at most 30 days/);
});
