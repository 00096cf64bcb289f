/** An error of the forum itself, in Discourse's form. */
export class ForumError extends Error {
  override readonly name = 'ForumError';
  /** HTTP status. */
  readonly status: number;
  readonly errors: readonly string[];
  /** Discourse's `error_type`; null where Discourse sends none. */
  readonly errorType: string | null;
  /** Further members of the JSON, such as `action`. */
  readonly details: Readonly<Record<string, unknown>>;
  /** For 429: when to retry. */
  readonly retryAfterSeconds: number | null = null;

  constructor(
    status: number,
    errors: readonly string[],
    errorType: string | null = null,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(errors.join(' '));
    this.status = status;
    this.errors = errors;
    this.errorType = errorType;
    this.details = details;
  }

  toJSON(): object {
    const { details, errors, errorType } = this;
    return { ...details, errors, ...(errorType && { error_type: errorType }) };
  }
}

/** 429 in Discourse's form. */
export class TooManyAttempts extends ForumError {
  override readonly retryAfterSeconds: number;

  constructor(sentence: string, waitSeconds: number) {
    super(429, [sentence], 'rate_limit', { extras: { wait_seconds: waitSeconds } });
    this.retryAfterSeconds = waitSeconds;
  }
}

export const notFound = (): ForumError =>
  new ForumError(404, ['The requested URL or resource could not be found.'], 'not_found');

export const notAllowed = (): ForumError =>
  new ForumError(403, ['You are not permitted to view the requested resource.'], 'invalid_access');

export const notLoggedIn = (): ForumError =>
  new ForumError(403, ['You need to be logged in to do that.'], 'not_logged_in');

/** 422, as Discourse rejects an invalid post. */
export const invalidPost = (errors: readonly string[]): ForumError =>
  new ForumError(422, errors, null, { action: 'create_post' });

export const invalidParameter = (sentence: string): ForumError =>
  new ForumError(400, [sentence], 'invalid_parameters');

export const unreadableBody = (): ForumError => invalidParameter('The body of the request cannot be read.');

/** PostgreSQL cannot store NUL. */
export const nulCharacter = (place: 'body' | 'query'): ForumError =>
  invalidParameter(`The ${place} of the request contains the character NUL.`);

export const bodyTooLarge = (maxBytes: number): ForumError =>
  new ForumError(413, [`The body of the request is larger than ${maxBytes} bytes.`], 'invalid_parameters');
