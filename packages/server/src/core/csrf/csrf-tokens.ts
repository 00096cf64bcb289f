import { createHmac } from 'node:crypto';
import { isSameText } from './is-same-text.ts';

/** The name under which the store keeps the secret. It is not a setting, so no admin page shows it. */
export const CSRF_SECRET_NAME = 'csrf_secret';

/** The CSRF tokens of a site's sessions. */
export interface CsrfTokens {
  /** Returns the token of a session, the same on every node. @throws TypeError if the id is empty */
  tokenOf(sessionId: string): string;
  /**
   * Returns whether the token belongs to this session. Compares in constant time. @throws TypeError if the id is
   * empty
   */
  verify(sessionId: string, token: string | null): boolean;
}

/**
 * Creates the CSRF tokens of a site: HMAC-SHA-256 of the session id with the site’s secret. Stores nothing per
 * session.
 *
 * @throws TypeError if the secret is empty
 */
export function createCsrfTokens(secret: string): CsrfTokens {
  if (secret === '') throw new TypeError('The stored csrf_secret is empty. Delete it from the settings.');
  function tokenOf(sessionId: string): string {
    // All sessions with an empty id would share one token.
    if (sessionId === '') throw new TypeError('The session has an empty id. Give each session a unique id.');
    return createHmac('sha256', secret).update(sessionId).digest('base64url');
  }
  return { tokenOf, verify: (sessionId, token) => isSameText(token ?? '', tokenOf(sessionId)) };
}
