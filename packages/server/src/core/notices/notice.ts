import type { KeyKind, RevocationReason } from '../key/key-record.ts';

/** Days before the expiry of a personal key at which its user is reminded. */
export const REMINDER_DAYS = [30, 7, 1] as const;

/**
 * Something about the keys of a user that the user should know, to be sent as an email or shown as a notification.
 *
 * @example
 * ```ts
 * const valetkey = await createValetkey({
 *   site,
 *   store,
 *   onNotice: async ({ userId, ...notice }) => {
 *     const expires = notice.kind === 'key_expires' ? ` in ${notice.daysLeft} days` : '';
 *     await sendMail(userId, `${notice.applicationName}: ${notice.kind}${expires}`);
 *   },
 * });
 * ```
 */
export type Notice = {
  /** The user whose key it is. */
  readonly userId: string;
  /** The name of the app or key, as the app chose it: escape it. Contains no secret. */
  readonly applicationName: string;
  /** Milliseconds since 1970. */
  readonly at: number;
} & (
  | {
      /** The user, or somebody in a session of the user, approved an app or created a key. */
      readonly kind: 'key_created';
      readonly keyKind: KeyKind;
      /** The IP address of the session. */
      readonly ipAddress: string;
    }
  | {
      /** An admin or the site revoked a key; never the user or its app. */
      readonly kind: 'key_revoked';
      readonly reason: RevocationReason;
    }
  | {
      /** A personal key expires soon. Its user can renew or rotate it on the page of apps. */
      readonly kind: 'key_expires';
      readonly keyId: number;
      readonly daysLeft: (typeof REMINDER_DAYS)[number];
      readonly expiresAt: number;
    }
);
