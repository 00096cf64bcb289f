import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../issue/provider.ts';
import type { MaybePromise, Session } from '../../ports/site.ts';
import type { Html } from '../../ui/html.ts';
import type { UserPageContext } from '../../ui/page-context.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { createPageContext } from '../page-context.ts';
import { type PageOptions, pageResponse, redirectResponse } from '../responses.ts';
import { findUserSession, requireSession, requireUserSession } from './require-session.ts';

/**
 * Returns the session of an admin. Admin keys can be listed and changed by a session only, never by a key
 * (PROTOCOL.md#manage-admin-keys). Changes require a CSRF token.
 *
 * @throws ValetkeyError `session_required`, `login_required`, `csrf_invalid`, `user_suspended`, `admin_required`
 */
export async function requireAdmin(request: EndpointRequest, provider: Provider): Promise<Session> {
  const isReading = request.raw.method === 'GET' || request.raw.method === 'HEAD';
  const session = await (isReading
    ? requireUserSession(request, provider)
    : requireSession(request, provider));
  if (!session.user.isAdmin) throw new ValetkeyError('admin_required');
  return session;
}

/**
 * Returns a page to admins with a browser session, and redirects to sign-in without a session. All others are
 * rejected as at JSON endpoints.
 *
 * @throws ValetkeyError `session_required`, `user_suspended`, `admin_required`
 */
export async function openAdminPage(
  request: EndpointRequest,
  provider: Provider,
  write: (page: UserPageContext) => MaybePromise<Html>,
  options: PageOptions = {},
): Promise<Response> {
  const { raw, returnTo } = request;
  if (!(await findUserSession(request, provider))) return redirectResponse(provider.site.loginUrl(returnTo));
  const session = await requireAdmin(request, provider);
  return pageResponse(await write(await createPageContext(raw, session, provider)), 200, options);
}
