import { hash, timingSafeEqual } from 'node:crypto';
import type { ForumSession } from '../data/sessions.ts';
import { type Body, readText } from './read-body.ts';

/** Whether a request brings its session's token, in the header or as a form's field; one in the address counts for nothing. */
export function bringsCsrfToken(request: Request, body: Body, session: ForumSession): boolean {
  const sent = request.headers.get('x-csrf-token') ?? readText(body, 'authenticity_token');
  // Hashed first: then both are of one length, and the time tells nothing.
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(sent), digest(session.csrfToken));
}
