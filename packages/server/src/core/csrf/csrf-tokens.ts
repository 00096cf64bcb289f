import { createHmac } from 'node:crypto';
import { isSameText } from './is-same-text.ts';

/** The name under which the store keeps the secret. It is no setting of the registry, so no admin page shows it. */
export const CSRF_SECRET_NAME = 'csrf_secret';

/** The CSRF tokens of a site's sessions. */
export interface CsrfTokens {
  /** Returns the token of a session: the same every time, on every node. @throws TypeError if the id is empty */
  tokenOf(sessionId: string): string;
  /** Returns whether this is the token of that session, in constant time. @throws TypeError if the id is empty */
  verify(sessionId: string, token: string | null): boolean;
}

/**
 * Derives tokens: HMAC-SHA-256 of the session id with a secret that only this site has. Nothing is stored for a session.
 *
 * @throws TypeError if the secret is empty
 */
export function createCsrfTokens(secret: string): CsrfTokens {
  if (secret === '') throw new TypeError('The stored csrf_secret is empty. Delete it from the settings.');
  function tokenOf(sessionId: string): string {
    // All sessions with an empty id would share one token.
    if (sessionId === '')
      throw new TypeError('A session has an empty id. Give each session an id of its own.');
    return createHmac('sha256', secret).update(sessionId).digest('base64url');
  }
  return { tokenOf, verify: (sessionId, token) => isSameText(token ?? '', tokenOf(sessionId)) };
}
