import { ValetkeyError } from '@valetkey/protocol';

/**
 * A statement that PostgreSQL rejected. Has the primary message and the SQLSTATE only: the details of the driver's error
 * contain values.
 */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
  /** The SQLSTATE; another code, or none, if the server did not answer. */
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/** Codes that begin like this mean that the database cannot be used now (appendix A of the manual of PostgreSQL). */
const UNAVAILABLE = [
  '08', // the connection failed
  '25006', // read-only: a standby server
  '28', // the server rejects this user
  '3D000', // there is no such database
  '40', // a concurrent transaction, also after several attempts
  '53', // out of connections, memory or disk space
  '55P03', // a lock is not available
  '57', // cancelled by a timeout, or the server shuts down
  '58', // an error of the file system
];

/** Whether the transaction can run again: a serialization failure or a deadlock. */
export const isConflict = (error: unknown): boolean =>
  error instanceof ValetkeyError &&
  error.cause instanceof PostgresError &&
  (error.cause.code === '40001' || error.cause.code === '40P01');

/** Whether the server answered, so that the connection can be used again. */
export const isAnswer = (error: unknown): boolean => {
  const cause = error instanceof ValetkeyError ? error.cause : error;
  return !(cause instanceof PostgresError) || isSqlState(cause.code);
};

const isSqlState = (code: string | undefined): boolean => code !== undefined && /^[0-9A-Z]{5}$/.test(code);

/** Returns the error of a store for an error of the driver. */
export function toStoreError(thrown: unknown): Error {
  const { message = '', code }: { message?: string; code?: string } = thrown instanceof Error ? thrown : {};
  // The error of several failed addresses has no message.
  const error = new PostgresError(message || (code ?? 'The connection failed.'), code);
  const isUnavailable = !isSqlState(code) || UNAVAILABLE.some((start) => code?.startsWith(start));
  return isUnavailable ? new ValetkeyError('store_unavailable', {}, { cause: error }) : error;
}
