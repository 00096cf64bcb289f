import { ValetkeyError } from '@valetkey/protocol';
import { checkSession } from '../../issue/check-site.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { readHeaderCredentials } from '../read-credentials.ts';
import type { RequestHead } from '../request-head.ts';

/**
 * Returns the session of the cookie, and requires a valid CSRF token. Rejects a request with any key: a key never
 * issues keys, passwords or sessions (PROTOCOL.md#approve).
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`, `user_suspended`
 */
export async function requireSession(request: EndpointRequest, provider: Provider): Promise<Session> {
  return rejectSuspended(await requireSessionToRevoke(request, provider));
}

/**
 * Returns the same session for endpoints that only revoke keys: suspended users may do that too.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`
 */
export async function requireSessionToRevoke(request: EndpointRequest, provider: Provider): Promise<Session> {
  const session = requireFoundSession(await findSession(request, provider));
  if (!provider.csrf.verify(session.id, request.csrfToken)) throw new ValetkeyError('csrf_invalid');
  return session;
}

/**
 * Returns the session of the cookie, for endpoints that only read. Rejects a request with any key.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `user_suspended`
 */
export async function requireUserSession(request: EndpointRequest, provider: Provider): Promise<Session> {
  return requireFoundSession(await findUserSession(request, provider));
}

/**
 * Returns the same session; null if the user must sign in first.
 *
 * @throws ValetkeyError `session_required`, `user_suspended`
 */
export async function findUserSession(request: EndpointRequest, provider: Provider): Promise<Session | null> {
  const session = await findSession(request, provider);
  return session && rejectSuspended(session);
}

/**
 * Returns the session of the cookie, also of a suspended user; null without a session, or if the request has a key.
 */
export async function findSessionWithoutKey(
  request: EndpointRequest,
  provider: Provider,
): Promise<Session | null> {
  return carriesKey(request.raw) ? null : findSession(request, provider);
}

async function findSession({ raw, context }: EndpointRequest, { site }: Provider): Promise<Session | null> {
  if (carriesKey(raw)) throw new ValetkeyError('session_required');
  const session = await site.findSession(raw, context);
  return session && checkSession(session);
}

function requireFoundSession(session: Session | null): Session {
  if (!session) throw new ValetkeyError('login_required');
  return session;
}

/** The site’s session may outlast a suspension. */
function rejectSuspended(session: Session): Session {
  if (session.user.isSuspended) throw new ValetkeyError('user_suspended');
  return session;
}

/** Whether the headers of a request contain a key. */
export function carriesKey({ headers }: Pick<RequestHead, 'headers'>): boolean {
  return readHeaderCredentials(headers) !== null;
}
