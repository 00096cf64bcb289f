import { SiteRefusal, ValetkeyError } from '@valetkey/client';
import type { ErrorCode } from '@valetkey/protocol';
import { ERROR_CATALOGUE } from '@valetkey/protocol/messages';
import { describe, expect, test } from 'vitest';
import { EXIT } from './exit-codes.ts';
import { explainError } from './explain-error.ts';

const CODES = Object.keys(ERROR_CATALOGUE) as ErrorCode[];
/** Errors that the client detects; all others are rejections by a site. */
const CLIENTS_OWN = {
  parameter_invalid: EXIT.usage,
  payload_unreadable: EXIT.unusable,
  payload_cannot_be_opened: EXIT.unusable,
  sealed_payload_unreadable: EXIT.unusable,
  sealed_payload_truncated: EXIT.unusable,
  key_pair_mismatch: EXIT.unusable,
  login_unknown: EXIT.refused,
  too_many_pending_logins: EXIT.refused,
  nonce_mismatch: EXIT.unusable,
  site_unreachable: EXIT.unreachable,
  site_has_no_user_api_keys: EXIT.refused,
  site_has_no_device_flow: EXIT.refused,
  site_too_old: EXIT.refused,
  site_answer_unexpected: EXIT.unreachable,
  redirect_not_followed: EXIT.refused,
  redirect_not_confirmed: EXIT.refused,
  key_redirected: EXIT.refused,
  web_crypto_missing: EXIT.refused,
  access_denied: EXIT.refused,
  expired_token: EXIT.refused,
} as const;

describe('exit code', () => {
  test('this test lists every error that the client detects', () => {
    const own = CODES.filter((code) => ERROR_CATALOGUE[code].errorType === 'client_error');
    expect([...own, 'parameter_invalid'].sort()).toEqual(Object.keys(CLIENTS_OWN).sort());
  });

  test.each(CODES)('%s: has the documented exit code, a sentence and no stack', (code) => {
    const { exitCode, message } = explainError(new ValetkeyError(code));
    const expected: Readonly<Partial<Record<ErrorCode, number>>> = CLIENTS_OWN;
    expect(exitCode).toBe(expected[code] ?? EXIT.refused);
    expect(message).toMatch(/\.$/);
    expect(message).not.toMatch(/\n {4}at /);
  });

  test.each(CODES)('%s from a site: has exit code 1', (code) => {
    const { status, errorType } = ERROR_CATALOGUE[code];
    const said = { status, code, errorType, errors: ['No.'], advice: '', waitSeconds: null };
    expect(explainError(new SiteRefusal(said)).exitCode).toBe(EXIT.refused);
  });
});

test.each([
  ['key_revoked', 403, false],
  ['key_expired', 403, true],
  [null, 401, null],
  [null, 403, true],
] as const)(
  'message for %s (%i): addresses the user, not the developer of an app',
  (code, status, isKeyInactive) => {
    const advice = 'Ask the user for a new key.';
    const said = { status, code, errorType: null, errors: ['No.'], advice, waitSeconds: null, isKeyInactive };
    const { message } = explainError(new SiteRefusal(said));
    expect(message).toMatch(/^40\d: No\. .*Run “valetkey login <site>” to get a new key\.$/);
  },
);

test.each([
  [['photos:write'], 'to get a key with the scope photos:write.'],
  [['read', 'write'], 'to get a key with one of the scopes read, write.'],
  [[], 'No scope of the site allows this request.'],
  [null, 'to get a key with the required scope.'],
])('message for scope_insufficient with the scopes %j: ends %s', (requiredScopes, end) => {
  const said = {
    status: 403,
    code: 'scope_insufficient',
    errorType: null,
    errors: ['No.'],
    waitSeconds: null,
  };
  const { message } = explainError(new SiteRefusal({ ...said, advice: 'Ask the user.', requiredScopes }));
  expect(message.endsWith(end)).toBe(true);
});

test.each(CODES)('message for %s: does not tell the user to ask the user', (code) => {
  const { message } = explainError(new ValetkeyError(code));
  expect(message).not.toMatch(/ask the (user|person)/i);
});
