import { CLIENT_ERRORS, CLIENT_REASONS } from './client-errors.ts';
import type { ErrorCode } from './error-catalogue.ts';
import { describeEntry, type ErrorDetails, type ReasonTexts } from './error-entry.ts';

/**
 * The error that all Valetkey packages throw. `code` is stable; use it in programs.
 *
 * `message` is a full sentence for errors that a client detects. For errors of a site it lists code and details; pass
 * both to `describeError` of `@valetkey/protocol/messages` for the sentence. So a page does not load the sentences of sites.
 *
 * @example throw new ValetkeyError('parameter_invalid', { parameter: 'nonce' })
 */
export class ValetkeyError extends Error {
  override readonly name = 'ValetkeyError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  /**
   * @param details values for the sentences; never a secret
   * @param options.cause the error of the runtime, if it contains no secret
   * @param options.reasons more texts of `details.reason`, by its code, such as `NETWORK_REASONS`
   */
  constructor(
    code: ErrorCode,
    details: ErrorDetails = {},
    { reasons, ...options }: ErrorOptions & { readonly reasons?: ReasonTexts | undefined } = {},
  ) {
    super(createMessage(code, details, { ...CLIENT_REASONS, ...reasons }), options);
    this.code = code;
    this.details = details;
  }
}

function createMessage(code: ErrorCode, details: ErrorDetails, reasons: ReasonTexts): string {
  if (!Object.hasOwn(CLIENT_ERRORS, code)) {
    const list = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
    return `The request was rejected: ${code}${list.length > 0 ? ` (${list.join(', ')})` : ''}.`;
  }
  const { sentence, advice } = describeEntry(CLIENT_ERRORS[code as keyof typeof CLIENT_ERRORS], details, {
    reasons,
  });
  return `${sentence} ${advice}`;
}
