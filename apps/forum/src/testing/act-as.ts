import type { RunningForum } from '../forum.ts';
import { TestSiteError } from './test-site-error.ts';

/** A user who is signed in with a browser. */
export interface TestUser {
  /**
   * Sends a request as a page of the site would, with the session cookie and CSRF token.
   *
   * @param path the path on the site, with its query
   * @param fields the fields of a form
   * @returns every response, errors too; redirects are not followed
   */
  send(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
  /** Sends the same and returns the JSON. @throws {TestSiteError} for a status of 400 or above */
  call(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<unknown>;
}

/** Signs a user in without a password. @throws Error for an unknown username */
export function actAs(forum: RunningForum, baseUrl: string, username: string): TestUser {
  const opened = forum.openSession(username);
  if (!opened) throw new Error(`Unknown user ${username}. The users are admin, mona, alice, bob and sam.`);
  const send: TestUser['send'] = async (method, path, fields) => {
    const { cookie, csrfToken } = await opened;
    return forum.fetch(
      new Request(baseUrl + path, {
        method,
        headers: { cookie, 'X-CSRF-Token': csrfToken },
        body: fields ? new URLSearchParams(fields) : null,
      }),
      { ipAddress: '127.0.0.1' },
    );
  };
  return {
    send,
    async call(method, path, fields) {
      const response = await send(method, path, fields);
      const body: unknown = await response.json();
      if (response.status >= 400) throw new TestSiteError(response.status, body);
      return body;
    },
  };
}
