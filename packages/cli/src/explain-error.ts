import { SiteRefusal, ValetkeyError } from '@valetkey/client';
import { describeError } from '@valetkey/protocol/messages';
import { CliError, EXIT, type ExitCode } from './exit-codes.ts';
import { isTimeout } from './network.ts';

/** Codes with another exit code than 1 (rejected by the site). */
const EXIT_BY_CODE: Partial<Record<ValetkeyError['code'], ExitCode>> = {
  parameter_invalid: EXIT.usage,
  site_unreachable: EXIT.unreachable,
  site_answer_unexpected: EXIT.unreachable,
  sealed_payload_unreadable: EXIT.unusable,
  sealed_payload_truncated: EXIT.unusable,
  key_pair_mismatch: EXIT.unusable,
  payload_cannot_be_opened: EXIT.unusable,
  payload_unreadable: EXIT.unusable,
  nonce_mismatch: EXIT.unusable,
};

const NEW_KEY = 'Run “valetkey login <site>” to get a new key.';

/** The advice of the catalogue is for developers of apps. This command speaks to the user. */
const ADVICE_FOR_USER: Readonly<Record<string, string>> = {
  access_denied: 'You declined it in the browser. Run the command again if that was a mistake.',
  key_unknown: NEW_KEY,
  key_revoked: NEW_KEY,
  key_expired: NEW_KEY,
  scope_insufficient: 'Run “valetkey login <site> --scopes …” to get a key with the required scope.',
};

function adviceForScopes(required: readonly string[]): string {
  if (required.length === 0) return 'No scope of the site allows this request.';
  const needed =
    required.length === 1 ? `the scope ${required[0]}` : `one of the scopes ${required.join(', ')}`;
  return `Run “valetkey login <site> --scopes …” to get a key with ${needed}.`;
}

function adviceOf({ isKeyInactive, code, status, advice, requiredScopes }: SiteRefusal): string {
  if (code === 'scope_insufficient' && requiredScopes) return adviceForScopes(requiredScopes);
  const known = ADVICE_FOR_USER[code ?? ''];
  if (known !== undefined) return known;
  // Discourse has no codes, and its sentence does not tell that the key is the cause.
  if (isKeyInactive) return code === null ? `The key was revoked or has expired. ${NEW_KEY}` : NEW_KEY;
  return status === 401 ? NEW_KEY : advice;
}

/** Returns a message for users and an exit code for scripts. An unexpected error keeps its stack. */
export function explainError(error: unknown): { readonly exitCode: ExitCode; readonly message: string } {
  if (error instanceof CliError) return { exitCode: error.exitCode, message: error.message };
  if (error instanceof SiteRefusal) {
    const status = error.status >= 400 ? `${error.status}: ` : '';
    const wait = error.waitSeconds === null ? '' : ` Try again in ${error.waitSeconds} s.`;
    const said = [...error.errors, adviceOf(error)].join(' ').trim();
    return { exitCode: EXIT.refused, message: `${status}${said}${wait}` };
  }
  if (error instanceof ValetkeyError) {
    const described = describeError(error.code, error.details);
    const { sentence } = described;
    const advice = ADVICE_FOR_USER[error.code] ?? described.advice;
    return { exitCode: EXIT_BY_CODE[error.code] ?? EXIT.refused, message: `${sentence} ${advice}` };
  }
  if (isTimeout(error)) {
    const message = 'The response of the site was not complete in time. Try again later.';
    return { exitCode: EXIT.unreachable, message };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: EXIT.unusable, message };
}
