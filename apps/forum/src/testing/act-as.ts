import type { RunningForum } from '../forum.ts';
import { TestSiteRefusal } from './test-site-refusal.ts';

/** Somebody in front of a browser in which they are signed in. */
export interface User {
  /**
   * Sends what a page of the site would: with the session's cookie, and its CSRF token where something changes.
   *
   * @param path on the site, with its query
   * @param fields of the form
   * @returns the answer as it came, refusals too; redirects are not followed
   */
  send(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
  /** The same for JSON. @throws {TestSiteRefusal} for every status from 400 on */
  call(method: string, path: string, fields?: Readonly<Record<string, string>>): Promise<unknown>;
}

/** Signs somebody in, whatever their password. @throws Error if the site knows nobody of this name */
export function actAs(forum: RunningForum, baseUrl: string, username: string): User {
  const session = forum.openSession(username);
  if (!session) throw new Error(`There is nobody called ${username}: try admin, mona, alice, bob or sam.`);
  const { cookie, csrfToken } = session;
  const send: User['send'] = (method, path, fields) =>
    forum.fetch(
      new Request(baseUrl + path, {
        method,
        headers: { cookie, 'X-CSRF-Token': csrfToken },
        body: fields ? new URLSearchParams(fields) : null,
      }),
      { ipAddress: '127.0.0.1' },
    );
  return {
    send,
    async call(method, path, fields) {
      const answer = await send(method, path, fields);
      const body: unknown = await answer.json();
      if (answer.status >= 400) throw new TestSiteRefusal(answer.status, body);
      return body;
    },
  };
}
