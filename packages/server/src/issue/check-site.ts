import type { Session, Site } from '../ports/site.ts';

const REQUIRED = ['findSession', 'loginUrl', 'findUser', 'findUserByUsername'] as const;

/**
 * Trusts no type: a site may be written in JavaScript.
 *
 * @throws TypeError that names the missing member
 */
export function checkSite(site: Site): void {
  if (!/^https?:\/\//i.test(site.baseUrl) || !URL.canParse(site.baseUrl))
    throw new TypeError('Site.baseUrl must be an absolute URL, such as https://site.example.');
  for (const name of REQUIRED)
    if (typeof site[name] !== 'function') throw new TypeError(`The site needs the function ${name}.`);
}

/**
 * Keys are stored under the id of the user, and CSRF tokens are derived from the id of the session. A number would be
 * stored as a text that `findUser` does not find again. `createCsrfTokens` rejects an empty id of a session.
 *
 * @throws TypeError that names the wrong id
 */
export function checkSession(session: Session): Session {
  if (typeof session.id !== 'string')
    throw new TypeError('Site.findSession must return a session whose id is a string.');
  if (typeof session.user.id !== 'string' || session.user.id === '')
    throw new TypeError(
      'Site.findSession must return a user whose id is a string: use String(id) for a number.',
    );
  return session;
}
