/** A refusal of the forum's own, in Discourse's form. */
export class ForumError extends Error {
  override readonly name = 'ForumError';
  readonly status: number;
  readonly errors: readonly string[];
  /** Discourse's word, or nothing where Discourse sends none. */
  readonly errorType: string | null;
  /** What else stands in the JSON, such as `action`. */
  readonly details: Readonly<Record<string, unknown>>;
  /** For 429: when to come again. */
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

/** 422 as Discourse answers a post that will not do. */
export const invalidPost = (errors: readonly string[]): ForumError =>
  new ForumError(422, errors, null, { action: 'create_post' });

export const invalidParameter = (sentence: string): ForumError =>
  new ForumError(400, [sentence], 'invalid_parameters');
