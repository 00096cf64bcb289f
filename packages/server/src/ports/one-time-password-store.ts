import type { AuditEventFactory } from '../core/audit/audit-event.ts';

/** Signs a user in once (PROTOCOL.md section 7). */
export interface OneTimePassword {
  /** SHA-256 of the password's text, 64 lower-case hex digits. */
  readonly passwordHash: string;
  readonly userId: string;
  readonly expiresAt: number;
}

/** Stores one-time passwords. Part of `Store`; the guarantees there apply. */
export interface OneTimePasswordStore {
  /** Stores the password, and deletes those that are expired at `now`. */
  saveOneTimePassword(
    password: OneTimePassword,
    now: number,
    audit?: AuditEventFactory<OneTimePassword>,
  ): Promise<void>;
  /** Returns the user id of a password that is valid at `now`, else null. Changes nothing. */
  findOneTimePassword(passwordHash: string, now: number): Promise<string | null>;
  /** Returns the same and deletes the password. Of concurrent calls, one gets the user id. */
  consumeOneTimePassword(passwordHash: string, now: number): Promise<string | null>;
}
