import { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.ts';
import {
  type DetailTexts,
  describeDetail,
  describeEntry,
  type ErrorDescription,
  type ErrorDetails,
} from './error-entry.ts';
import { REASONS, type ReasonCode } from './reasons.ts';

export { ERROR_CATALOGUE } from './error-catalogue.ts';
export type { ErrorDescription, ErrorEntry } from './error-entry.ts';
export { type ClientReasonCode, REASONS, type ReasonCode } from './reasons.ts';

/** The sentences of all errors and the clauses of all reasons in one language. */
export interface ErrorTexts extends Pick<DetailTexts, 'list'> {
  readonly errors: Readonly<Record<ErrorCode, ErrorDescription>>;
  readonly reasons: Readonly<Record<ReasonCode, string>>;
}

const ENGLISH: ErrorTexts = { errors: ERROR_CATALOGUE, reasons: REASONS };

/** The JSON of an error response. Discourse clients read `errors` and `error_type`. */
export interface ErrorBody {
  readonly errors: readonly [string];
  readonly error_type: string;
  readonly code: ErrorCode;
  readonly advice: string;
  readonly [detail: string]: ErrorDetails[string];
}

/**
 * Returns the sentences of an error.
 *
 * @param texts the language; English if omitted
 * @example describeError('parameter_missing', { parameter: 'nonce' }).sentence // 'The parameter nonce is missing or empty.'
 */
export function describeError(
  code: ErrorCode,
  details: ErrorDetails = {},
  texts: ErrorTexts = ENGLISH,
): ErrorDescription {
  return describeEntry(texts.errors[code], details, texts);
}

/**
 * Returns the sentences of an error as one text in English, for an answer or a log that has one field for it.
 *
 * @example explainError({ code: 'redirect_not_allowed', details: {} })
 */
export function explainError({ code, details }: { code: ErrorCode; details: ErrorDetails }): string {
  const { sentence, advice } = describeError(code, details);
  return `${sentence} ${advice}`;
}

/**
 * Returns the clause for the detail `reason`, such as “it must be true or false”; empty if there is no reason.
 *
 * @param texts the language; English if omitted
 */
export function describeReason(
  details: ErrorDetails,
  texts: Pick<ErrorTexts, 'reasons' | 'list'> = ENGLISH,
): string {
  return describeDetail(details, 'reason', texts);
}

/**
 * Returns the JSON of an error response (PROTOCOL.md#errors). Details cannot overwrite the four fixed fields.
 *
 * @example errorBody('key_unknown').error_type // 'invalid_access'
 */
export function errorBody(code: ErrorCode, details: ErrorDetails = {}): ErrorBody {
  const { sentence, advice } = describeError(code, details);
  const fixed = { errors: [sentence] as const, error_type: ERROR_CATALOGUE[code].errorType, code, advice };
  // Spread twice: the fixed fields come first in the JSON, and they win.
  return { ...fixed, ...details, ...fixed };
}
