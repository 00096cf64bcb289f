import { SiteRefusal, ValetkeyError } from '@valetkey/client';
import { describeError } from '@valetkey/protocol/messages';
import { CliError, EXIT, type ExitCode } from './exit-codes.ts';
import { isTimeout } from './network.ts';

/** Codes that end with another number than 1, the site's no. */
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

/** A sentence for people, a number for scripts. What nobody foresaw keeps its stack. */
export function explainError(error: unknown): { readonly exitCode: ExitCode; readonly message: string } {
  if (error instanceof CliError) return { exitCode: error.exitCode, message: error.message };
  if (error instanceof SiteRefusal) {
    const status = error.status >= 400 ? `${error.status}: ` : '';
    const wait = error.waitSeconds === null ? '' : ` Try again in ${error.waitSeconds} s.`;
    return { exitCode: EXIT.refused, message: `${status}${error.message}${wait}` };
  }
  if (error instanceof ValetkeyError) {
    const { sentence, advice } = describeError(error.code, error.details);
    return { exitCode: EXIT_BY_CODE[error.code] ?? EXIT.refused, message: `${sentence} ${advice}` };
  }
  if (isTimeout(error)) {
    const message = 'The response of the site was not complete in time. Try again later.';
    return { exitCode: EXIT.unreachable, message };
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    // Node goes on to explain a spelling that nobody here means.
    const [what] = error.message.split('. To specify');
    return { exitCode: EXIT.usage, message: `${what?.replace(/\.?$/, '.')} See: valetkey --help` };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: EXIT.unusable, message };
}
