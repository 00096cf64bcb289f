import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../test-support/any-text.ts';
import vectors from '../../vectors/key-requests.json' with { type: 'json' };
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { parseKeyRequest, type RawParameters, requireParameter } from './key-request.ts';

const least = { client_id: 'c', nonce: 'n', scopes: 'read' };

test.each(vectors.accepted)('parseKeyRequest: accepts $name', ({ raw, parsed }) => {
  expect(parseKeyRequest(raw)).toEqual(parsed);
});

test.each(vectors.refused)('parseKeyRequest: rejects $name', ({ raw, code, parameter }) => {
  const details = parameter === null ? {} : { parameter };
  expect(() => parseKeyRequest(raw)).toThrow(
    expect.objectContaining({ code, details: expect.objectContaining(details) }),
  );
});

describe('parseKeyRequest: lengths', () => {
  test.each([
    ['client_id', 200],
    ['application_name', 200],
    ['nonce', 2000],
    ['scopes', 500],
    ['public_key', 16_384],
    ['push_url', 2000],
    ['auth_redirect', 2000],
  ])('%s: accepts %i bytes, not more', (parameter, maxBytes) => {
    expect(() => parseKeyRequest({ ...least, [parameter]: 'a'.repeat(maxBytes) })).not.toThrow();
    const tooLong = [`${'a'.repeat(maxBytes)}b`, `${'a'.repeat(maxBytes - 1)}ü`];
    for (const value of tooLong) {
      expect(() => parseKeyRequest({ ...least, [parameter]: value })).toThrow(
        expect.objectContaining({ code: 'parameter_too_long', details: { parameter, max_bytes: maxBytes } }),
      );
    }
  });
});

const WHITE_SPACE = ['\n', '\r\n', ' ', '\t', '\u00a0', '\ufeff', '\u2028'];
const TRIMMED = [
  ['client_id', 'clientId'],
  ['application_name', 'applicationName'],
  ['auth_redirect', 'authRedirect'],
  ['push_url', 'pushUrl'],
  ['expires_in_seconds', 'expiresInSeconds'],
] as const;

describe('parseKeyRequest: white space around a parameter', () => {
  test.each(TRIMMED)('%s: is trimmed', (parameter, name) => {
    for (const space of WHITE_SPACE) {
      const request = parseKeyRequest({ ...least, [parameter]: `${space}60 60${space}` });
      expect(request[name]).toBe('60 60');
    }
  });

  test('scopes and padding: is trimmed', () => {
    for (const space of WHITE_SPACE) {
      const raw = { ...least, scopes: `${space}read,write${space}`, padding: `${space}oaep${space}` };
      expect(parseKeyRequest(raw)).toMatchObject({ scopes: ['read', 'write'], padding: 'oaep' });
    }
  });

  test('nonce: stays, because the client compares it; control characters are rejected', () => {
    expect(parseKeyRequest({ ...least, nonce: ' n\u00a0' }).nonce).toBe(' n\u00a0');
    expect(() => parseKeyRequest({ ...least, nonce: 'n\n' })).toThrow(
      expect.objectContaining({ code: 'parameter_invalid' }),
    );
  });

  test('does not count towards the length', () => {
    const client_id = `\n ${'c'.repeat(200)} \n`;
    expect(parseKeyRequest({ ...least, client_id }).clientId).toHaveLength(200);
  });

  test.each(['client_id', 'application_name', 'push_url', 'scopes'])(
    '%s: control characters inside are rejected',
    (parameter) => {
      for (const inside of ['a\nb', 'a\tb', 'a\r\nb', 'a\u0000', '\u0007b', 'a\u001b[1m']) {
        expect(() => parseKeyRequest({ ...least, [parameter]: inside })).toThrow(
          expect.objectContaining({ code: 'parameter_invalid' }),
        );
      }
    },
  );
});

test('parseKeyRequest: does not check redirect and expiry', () => {
  const { authRedirect, expiresInSeconds } = parseKeyRequest({
    ...least,
    auth_redirect: 'a\nb',
    expires_in_seconds: '-1',
  });
  expect([authRedirect, expiresInSeconds]).toEqual(['a\nb', '-1']);
});

test.each(['client_id', 'application_name', 'nonce', 'scopes', 'push_url'])(
  'parseKeyRequest: rejects a lone surrogate in %s',
  (parameter) => {
    expect(() => parseKeyRequest({ ...least, [parameter]: 'x\ud800' })).toThrow(
      expect.objectContaining({ code: 'parameter_invalid', details: expect.objectContaining({ parameter }) }),
    );
  },
);

test('parseKeyRequest: ignores the prototype of the input', () => {
  expect(() => parseKeyRequest(Object.create(least))).toThrow(ValetkeyError);
});

test('parseKeyRequest: names the parameter, not its value', () => {
  const secret = 'hunter2\u0000';
  expect(() => parseKeyRequest({ ...least, nonce: secret })).toThrow(expect.not.stringContaining('hunter2'));
  try {
    parseKeyRequest({ ...least, nonce: secret });
  } catch (error) {
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
  }
});

test('parseKeyRequest: throws only ValetkeyError', () => {
  const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
  const names = [
    'client_id',
    'nonce',
    'scopes',
    'application_name',
    'padding',
    'public_key',
    'push_url',
    '__proto__',
  ];
  const raw = fc.dictionary(fc.constantFrom(...names), fc.oneof(value, anyText));
  fc.assert(
    fc.property(raw, (parameters) => {
      try {
        parseKeyRequest({ ...parameters } as RawParameters);
      } catch (error) {
        expect(error).toBeInstanceOf(ValetkeyError);
      }
    }),
    { numRuns: 500 },
  );
});

test('requireParameter: returns the value, or names the missing parameter', () => {
  expect(requireParameter('x', 'public_key')).toBe('x');
  expect(() => requireParameter(null, 'public_key')).toThrow(
    expect.objectContaining({ code: 'parameter_missing', details: { parameter: 'public_key' } }),
  );
});
