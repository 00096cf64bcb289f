import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { readHeaderCredentials } from '../read-credentials.ts';

/**
 * Returns the session of a cookie, with a valid CSRF token. A request that carries any key is verified by its key alone,
 * and no key may do what this guards: it never issues keys, passwords or sessions (PROTOCOL.md section 3).
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`, `user_suspended`
 */
export async function requireSession(request: EndpointRequest, provider: Provider): Promise<Session> {
  return rejectSuspended(await requireSessionToRevoke(request, provider));
}

/**
 * The same for what only revokes keys: suspended users may do that too.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`
 */
export async function requireSessionToRevoke(request: EndpointRequest, provider: Provider): Promise<Session> {
  const session = requireFoundSession(await findSession(request, provider));
  if (!provider.csrf.verify(session.id, request.csrfToken)) throw new ValetkeyError('csrf_invalid');
  return session;
}

/**
 * Returns the session of a cookie, for what only reads. Not for a request that carries any key.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `user_suspended`
 */
export async function requireUserSession(request: EndpointRequest, provider: Provider): Promise<Session> {
  return requireFoundSession(await findUserSession(request, provider));
}

/**
 * The same, for what sends users who are not signed in to sign in first; null then.
 *
 * @throws ValetkeyError `session_required`, `user_suspended`
 */
export async function findUserSession(request: EndpointRequest, provider: Provider): Promise<Session | null> {
  const session = await findSession(request, provider);
  return session && rejectSuspended(session);
}

/** Returns the session of a cookie, suspended or not; null where nobody is signed in, or a key came along. */
export async function findSessionWithoutKey(
  request: EndpointRequest,
  provider: Provider,
): Promise<Session | null> {
  return carriesKey(request.raw) ? null : findSession(request, provider);
}

async function findSession({ raw, context }: EndpointRequest, { site }: Provider): Promise<Session | null> {
  if (carriesKey(raw)) throw new ValetkeyError('session_required');
  return site.findSession(raw, context);
}

function requireFoundSession(session: Session | null): Session {
  if (!session) throw new ValetkeyError('login_required');
  return session;
}

/** A site's sessions may outlive a suspension. */
function rejectSuspended(session: Session): Session {
  if (session.user.isSuspended) throw new ValetkeyError('user_suspended');
  return session;
}

export function carriesKey(request: Request): boolean {
  return readHeaderCredentials(request.headers) !== null;
}
