import { describe, expect, test } from 'vitest';
import { parseClientRegistration } from './client-registration.ts';
import { parseDeviceRequest } from './device-request.ts';
import { parseKeyRequest } from './key-request.ts';
import { parseOneTimePasswordRequest } from './one-time-password-request.ts';

const values = { client_id: 'a', nonce: 'n', scopes: 'read', public_key: 'k', auth_redirect: 'myapp://cb' };
const parsers = { parseKeyRequest, parseDeviceRequest, parseClientRegistration, parseOneTimePasswordRequest };

describe.each(Object.entries(parsers))('application_name in %s', (_, parse) => {
  test.each([
    ['zero width space', '\u200b'],
    ['Hangul filler', '\u3164'],
    ['half-width Hangul filler', '\uffa0'],
    ['braille blank', '\u2800'],
    ['word joiner', '\u2060'],
    ['byte order mark between letters', 'Pl\ufeffum'],
    ['soft hyphen between letters', 'Pl\u00adum'],
    ['zero width space between letters', 'Pl\u200bum'],
    ['right-to-left mark', 'Plum\u200f'],
    ['Arabic letter mark', '\u061cPlum'],
    ['right-to-left override', 'Plum\u202egnp'],
    ['joiners and a variation selector alone', '\u200d\ufe0f'],
    ['a combining mark alone', '\u0301'],
    ['interlinear annotation', 'Pl\ufff9um'],
  ])('needs a visible character, and no invisible or directional one: %s', (__, application_name) => {
    expect(() => parse({ ...values, application_name })).toThrow(
      expect.objectContaining({
        code: 'parameter_invalid',
        details: expect.objectContaining({ parameter: 'application_name' }),
      }),
    );
  });

  test.each(['Plum', 'プラム', 'قارئ', 'क्ष', '❤️ Reader', '👩‍💻', 'é', '(=^･^=)', '中', '🇩🇪', 'می‌خواهم'])(
    'may be %s',
    (application_name) => {
      expect(parse({ ...values, application_name }).applicationName).toBe(application_name);
    },
  );
});
