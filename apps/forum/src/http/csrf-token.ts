import { timingSafeEqual } from 'hono/utils/buffer';
import type { ForumSession } from '../data/sessions.ts';
import { type Body, readText } from './read-body.ts';

/** Whether a request carries its session's token, in the header or as a form field. A token in the URL is ignored. */
export async function hasCsrfToken(request: Request, body: Body, session: ForumSession): Promise<boolean> {
  const sent = request.headers.get('x-csrf-token') ?? readText(body, 'authenticity_token');
  return timingSafeEqual(sent, session.csrfToken);
}
