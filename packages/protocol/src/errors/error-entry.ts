/** One row of the error catalogue. */
export interface ErrorEntry {
  /** HTTP status of the response; 0 for errors that only a client detects. */
  readonly status: number;
  /** Value of `error_type`, which existing Discourse clients read. */
  readonly errorType: ErrorType;
  /** What happened. */
  readonly sentence: string;
  /** What to do next. */
  readonly advice: string;
}

type ErrorType =
  | 'invalid_parameters'
  | 'invalid_access'
  | 'not_found'
  | 'rate_limit'
  | 'not_logged_in'
  | 'server_error'
  | 'client_error';

/** Values that complete the sentences of an error. They are part of the JSON response: never put a secret in them. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** The two sentences of an error. */
export interface ErrorDescription {
  /** What happened. */
  readonly sentence: string;
  /** What to do next. */
  readonly advice: string;
}

/** Replaces a detail that is missing. */
const UNKNOWN = '…';
const PLACEHOLDER = /\{(\w+)\}/g;
const OPTIONAL_PART = /\[([^\]]*)\]/g;

/** Fills the templates of a row: `{name}` is replaced by a detail, `[…]` is removed if a detail in it is missing. */
export function describeEntry(
  { sentence, advice }: ErrorDescription,
  details: ErrorDetails,
  texts: DetailTexts,
): ErrorDescription {
  return { sentence: fill(sentence, details, texts), advice: fill(advice, details, texts) };
}

/** Returns the text of a detail. A reason is replaced by its clause; an unknown one stays as it is. */
export function describeDetail(details: ErrorDetails, name: string, texts: DetailTexts): string {
  const { reasons, list = joinWithCommas } = texts;
  const value = Object.hasOwn(details, name) ? details[name] : null;
  if (typeof value === 'string' && name.endsWith('reason') && Object.hasOwn(reasons, value)) {
    // A reason can contain one more reason. The details can come from a hostile site, so nesting ends there.
    return fill(reasons[value] ?? '', details, name === 'reason' ? texts : { ...texts, reasons: {} });
  }
  return Array.isArray(value) ? list(value) : String(value ?? '');
}

const joinWithCommas = (items: readonly string[]): string => items.join(', ');

/** Clauses for the detail `reason`, by code. */
export type ReasonTexts = Readonly<Record<string, string>>;

/** How the details of an error are written in one language. */
export interface DetailTexts {
  readonly reasons: ReasonTexts;
  /** Writes several values as a list. @default with commas, as in English */
  readonly list?: ((items: readonly string[]) => string) | undefined;
}

function fill(template: string, details: ErrorDetails, texts: DetailTexts): string {
  const textOf = (name: string) => describeDetail(details, name, texts);
  const isKnown = (part: string) =>
    [...part.matchAll(PLACEHOLDER)].every(([, name = '']) => textOf(name) !== '');
  return template
    .replace(OPTIONAL_PART, (_, part: string) => (isKnown(part) ? part : ''))
    .replace(PLACEHOLDER, (_, name: string) => textOf(name) || UNKNOWN);
}
