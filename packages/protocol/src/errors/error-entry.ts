/** One row of the catalogue. `{name}` is filled from the error's details; `[…]` disappears when a detail in it is missing. */
export interface ErrorEntry {
  /** HTTP status of a POST or HTML answer; 0 for what only a client finds out. */
  readonly status: number;
  /** Discourse's word, which clients that already exist read. */
  readonly errorType: ErrorType;
  /** What happened. */
  readonly sentence: string;
  /** What to do about it. */
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
