import { createHash, timingSafeEqual } from 'node:crypto';
import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { readHeaderCredentials } from '../read-credentials.ts';

/**
 * The person behind a cookie session, with a valid CSRF token. A request that carries any key is judged by its key
 * alone, and no key may do what this guards: it never mints keys, passwords or sessions (PROTOCOL.md section 3).
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`, `user_suspended`
 */
export async function requireSession(request: EndpointRequest, provider: Provider): Promise<Session> {
  return refuseSuspended(await requireSessionToRevoke(request, provider));
}

/**
 * The same for what only ends keys: that is allowed to the suspended too.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`
 */
export async function requireSessionToRevoke(request: EndpointRequest, provider: Provider): Promise<Session> {
  const session = requireFoundSession(await findSession(request.raw, provider));
  if (!isSameText(request.csrfToken ?? '', session.csrfToken)) throw new ValetkeyError('csrf_invalid');
  return session;
}

/**
 * The person behind a cookie session, for what only looks. Not for a request that carries any key.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `user_suspended`
 */
export async function requireUserSession(raw: Request, provider: Provider): Promise<Session> {
  return requireFoundSession(await findUserSession(raw, provider));
}

/**
 * The same, for what leads whoever is not signed in to sign in first; null then.
 *
 * @throws ValetkeyError `session_required`, `user_suspended`
 */
export async function findUserSession(raw: Request, provider: Provider): Promise<Session | null> {
  const session = await findSession(raw, provider);
  return session && refuseSuspended(session);
}

async function findSession(raw: Request, { site }: Provider): Promise<Session | null> {
  if (carriesKey(raw)) throw new ValetkeyError('session_required');
  return site.findSession(raw);
}

function requireFoundSession(session: Session | null): Session {
  if (!session) throw new ValetkeyError('login_required');
  return session;
}

/** A site's sessions may outlive a suspension. */
function refuseSuspended(session: Session): Session {
  if (session.user.isSuspended) throw new ValetkeyError('user_suspended');
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
