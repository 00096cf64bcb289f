import { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.ts';
import { describeEntry, type ErrorDescription, type ErrorDetails } from './error-entry.ts';

export { ERROR_CATALOGUE } from './error-catalogue.ts';
export type { ErrorDescription, ErrorEntry } from './error-entry.ts';

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
 * @example describeError('parameter_missing', { parameter: 'nonce' }).sentence // 'The parameter nonce is missing or empty.'
 */
export function describeError(code: ErrorCode, details: ErrorDetails = {}): ErrorDescription {
  return describeEntry(ERROR_CATALOGUE[code], details);
}

/**
 * Returns the JSON of an error response (PROTOCOL.md, Conventions). Details cannot overwrite the four fixed fields.
 *
 * @example errorBody('key_unknown').error_type // 'invalid_access'
 */
export function errorBody(code: ErrorCode, details: ErrorDetails = {}): ErrorBody {
  const { sentence, advice } = describeError(code, details);
  const fixed = { errors: [sentence] as const, error_type: ERROR_CATALOGUE[code].errorType, code, advice };
  // Spread twice: the fixed fields come first in the JSON, and they win.
  return { ...fixed, ...details, ...fixed };
}
