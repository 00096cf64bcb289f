import { parseArgs } from 'node:util';
import { SiteRefusal, ValetkeyError } from '@valetkey/client';
import type { ErrorCode } from '@valetkey/protocol';
import { ERROR_CATALOGUE } from '@valetkey/protocol/messages';
import { describe, expect, test } from 'vitest';
import { EXIT } from './exit-codes.ts';
import { explainError } from './explain-error.ts';

const CODES = Object.keys(ERROR_CATALOGUE) as ErrorCode[];
/** What a client finds out by itself; all others are a site's no. */
const CLIENTS_OWN = {
  parameter_invalid: EXIT.usage,
  payload_unreadable: EXIT.unusable,
  payload_cannot_be_opened: EXIT.unusable,
  sealed_payload_unreadable: EXIT.unusable,
  sealed_payload_truncated: EXIT.unusable,
  key_pair_mismatch: EXIT.unusable,
  login_unknown: EXIT.refused,
  nonce_mismatch: EXIT.unusable,
  site_unreachable: EXIT.unreachable,
  site_has_no_user_api_keys: EXIT.refused,
  site_has_no_device_flow: EXIT.refused,
  site_too_old: EXIT.refused,
  site_answer_unexpected: EXIT.unreachable,
  redirect_not_followed: EXIT.refused,
  redirect_not_confirmed: EXIT.refused,
  key_led_away: EXIT.refused,
  web_crypto_missing: EXIT.refused,
  access_denied: EXIT.refused,
  expired_token: EXIT.refused,
} as const;

test('what is typed wrong is one sentence and where to look', () => {
  let error: unknown;
  try {
    parseArgs({ args: ['--bogus'], options: {} });
  } catch (thrown) {
    error = thrown;
  }
  const message = "Unknown option '--bogus'. See: valetkey --help";
  expect(explainError(error)).toEqual({ exitCode: EXIT.usage, message });
});

describe('the exit code', () => {
  test('of everything that a client finds out is written down here', () => {
    const own = CODES.filter((code) => ERROR_CATALOGUE[code].errorType === 'client_error');
    expect([...own, 'parameter_invalid'].sort()).toEqual(Object.keys(CLIENTS_OWN).sort());
  });

  test.each(CODES)('of %s is the documented one, with a sentence and no stack', (code) => {
    const { exitCode, message } = explainError(new ValetkeyError(code));
    const expected: Readonly<Partial<Record<ErrorCode, number>>> = CLIENTS_OWN;
    expect(exitCode).toBe(expected[code] ?? EXIT.refused);
    expect(message).toMatch(/\.$/);
    expect(message).not.toMatch(/\n {4}at /);
  });

  test.each(CODES)('of a site that says %s is 1', (code) => {
    const { status, errorType } = ERROR_CATALOGUE[code];
    const said = { status, code, errorType, errors: ['No.'], advice: '', waitSeconds: null };
    expect(explainError(new SiteRefusal(said)).exitCode).toBe(EXIT.refused);
  });
});
