import { createHash, timingSafeEqual } from 'node:crypto';
import { ValetkeyError } from '@valetkey/protocol';
import type { EndpointRequest } from '../http/endpoint-request.ts';
import { readHeaderCredentials } from '../judge/read-credentials.ts';
import type { Provider } from '../provider.ts';
import type { Session } from '../site.ts';

/**
 * The person behind a cookie session, with a valid CSRF token. A request that carries any key is judged by its key
 * alone, and no key may do what this guards: it never mints keys, passwords or sessions (PROTOCOL.md section 3).
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`
 */
export async function requireSession(request: EndpointRequest, provider: Provider): Promise<Session> {
  const session = await requirePerson(request.raw, provider);
  if (!isSameText(request.csrfToken ?? '', session.csrfToken)) throw new ValetkeyError('csrf_invalid');
  return session;
}

/**
 * The person behind a cookie session, for what only looks. Not for a request that carries any key.
 *
 * @throws ValetkeyError `session_required`, `login_required`
 */
export async function requirePerson(raw: Request, { site }: Provider): Promise<Session> {
  if (carriesKey(raw)) throw new ValetkeyError('session_required');
  const session = await site.findSession(raw);
  if (!session) throw new ValetkeyError('login_required');
  return session;
}

export function carriesKey(request: Request): boolean {
  return readHeaderCredentials(request.headers).kind !== 'none';
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function isSameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
