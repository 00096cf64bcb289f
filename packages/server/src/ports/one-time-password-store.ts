import type { AuditEventFactory } from '../core/audit/audit-event.ts';

/** A password that signs a user in once (PROTOCOL.md#one-time-passwords). */
export interface OneTimePassword {
  /** SHA-256 of the password's text, 64 lower-case hex digits. */
  readonly passwordHash: string;
  readonly userId: string;
  /** The hash of the key that it was issued with and expires with; null if there is none. */
  readonly keyHash: string | null;
  /** The name of the client that requested it. */
  readonly applicationName: string;
  /** Where the client received it, without query. */
  readonly authRedirect: string | null;
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
  /** Returns the password if it is not expired at `now`, else null. Changes nothing. */
  findOneTimePassword(passwordHash: string, now: number): Promise<OneTimePassword | null>;
  /**
   * Returns the password as `findOneTimePassword` does, and deletes it. Only one of several concurrent calls gets it.
   */
  consumeOneTimePassword(
    passwordHash: string,
    now: number,
    audit?: AuditEventFactory<OneTimePassword>,
  ): Promise<OneTimePassword | null>;
}
