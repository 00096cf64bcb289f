import type { ErrorCode, ErrorDetails } from '@valetkey/protocol';

/** A refusal as a value: an error code and the details for its message. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

export const refuse = (code: ErrorCode, details: ErrorDetails = {}): Refusal => ({ code, details });

export const isRefusal = (value: object): value is Refusal => 'code' in value;
