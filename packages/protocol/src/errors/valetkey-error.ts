import { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.ts';
import type { ErrorEntry } from './error-entry.ts';
import { getErrorEntry } from './loaded-errors.ts';

/** What an error says beyond its code. It becomes part of the wire's JSON, so never put a secret in it. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** The two sentences of an error. */
export interface ErrorDescription {
  /** What happened. */
  readonly sentence: string;
  /** What to do about it. */
  readonly advice: string;
}

/** The JSON of an error answer: `errors` and `error_type` are what Discourse's clients read. */
export interface ErrorBody {
  readonly errors: readonly [string];
  readonly error_type: string;
  readonly code: ErrorCode;
  readonly advice: string;
  readonly [detail: string]: ErrorDetails[string];
}

/** Stands in a sentence for a detail that nobody gave. */
const UNKNOWN = '…';
const PLACEHOLDER = /\{(\w+)\}/g;
const OPTIONAL_PART = /\[([^\]]*)\]/g;

function textOf(details: ErrorDetails, name: string): string {
  const value = Object.hasOwn(details, name) ? details[name] : null;
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}

function fill(template: string, details: ErrorDetails): string {
  const isKnown = (part: string) =>
    [...part.matchAll(PLACEHOLDER)].every(([, name = '']) => textOf(details, name) !== '');
  return template
    .replace(OPTIONAL_PART, (_, part: string) => (isKnown(part) ? part : ''))
    .replace(PLACEHOLDER, (_, name: string) => textOf(details, name) || UNKNOWN);
}

/**
 * The sentences of an error, for pages.
 *
 * @example describeError('parameter_missing', { parameter: 'nonce' }).sentence // 'The parameter nonce is missing or empty.'
 */
export function describeError(code: ErrorCode, details: ErrorDetails = {}): ErrorDescription {
  return describeEntry(ERROR_CATALOGUE[code], details);
}

function describeEntry({ sentence, advice }: ErrorEntry, details: ErrorDetails): ErrorDescription {
  return { sentence: fill(sentence, details), advice: fill(advice, details) };
}

/** The JSON that an error answer carries (PROTOCOL.md, Conventions); details never overwrite the four fixed fields. */
export function errorBody(code: ErrorCode, details: ErrorDetails = {}): ErrorBody {
  const { sentence, advice } = describeError(code, details);
  const fixed = { errors: [sentence] as const, error_type: ERROR_CATALOGUE[code].errorType, code, advice };
  // Twice: first so that the fixed fields come first, then so that they win.
  return { ...fixed, ...details, ...fixed };
}

/**
 * The one error that this family of packages throws on purpose. Its message is what happened and what to do.
 *
 * @example throw new ValetkeyError('parameter_missing', { parameter: 'nonce' })
 */
export class ValetkeyError extends Error {
  override readonly name = 'ValetkeyError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  /** @param options.cause what the runtime said, if it holds no secret */
  constructor(code: ErrorCode, details: ErrorDetails = {}, options: ErrorOptions = {}) {
    // Not through the catalogue itself, which a bundle for a browser leaves out (docs/decisions/0014).
    const { sentence, advice } = describeEntry(getErrorEntry(code), details);
    super(`${sentence} ${advice}`.trim(), options);
    this.code = code;
    this.details = details;
  }

  /** HTTP status of a POST or HTML answer; 0 for what only a client finds out. */
  get status(): number {
    return getErrorEntry(this.code).status;
  }
}
