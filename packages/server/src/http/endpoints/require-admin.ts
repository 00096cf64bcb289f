import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../issue/provider.ts';
import type { Session, SiteUser } from '../../ports/site.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { requireSession, requireUserSession } from './require-session.ts';

/**
 * The admin behind a cookie session: the only one who sees and changes admin keys. No key does, whatever its scopes and
 * whosever it is (PROTOCOL.md section 12). What changes something brings a CSRF token.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`, `user_suspended`, `admin_required`
 */
export async function requireAdminSession(request: EndpointRequest, provider: Provider): Promise<Session> {
  const isReading = request.raw.method === 'GET' || request.raw.method === 'HEAD';
  const session = await (isReading
    ? requireUserSession(request.raw, provider)
    : requireSession(request, provider));
  if (!session.user.isAdmin) throw new ValetkeyError('admin_required');
  return session;
}

/** The same, for whoever needs the person alone. */
export async function requireAdmin(request: EndpointRequest, provider: Provider): Promise<SiteUser> {
  return (await requireAdminSession(request, provider)).user;
}
