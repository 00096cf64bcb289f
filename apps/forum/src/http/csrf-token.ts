import type { ForumSession } from '../data/sessions.ts';
import { isSameText } from './is-same-text.ts';
import { type Body, readText } from './read-body.ts';

/** Whether a request brings its session's token, in the header or as a form's field; one in the address counts for nothing. */
export function bringsCsrfToken(request: Request, body: Body, session: ForumSession): boolean {
  const sent = request.headers.get('x-csrf-token') ?? readText(body, 'authenticity_token');
  return isSameText(sent, session.csrfToken);
}
