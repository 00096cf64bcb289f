import type { Provider } from '../../issue/provider.ts';
import type { MaybePromise, Session } from '../../ports/site.ts';
import type { Html } from '../../ui/parts/layout.ts';
import type { EndpointRequest } from '../endpoint-request.ts';
import { type PageOptions, pageResponse, redirectResponse } from '../responses.ts';
import { requireAdminSession } from './require-admin.ts';
import { findUserSession } from './require-session.ts';

/**
 * Opens a page to admins with a browser alone, and leads whoever is not signed in to sign in first. Everybody else is
 * refused as at the JSON endpoints.
 *
 * @throws ValetkeyError `session_required`, `user_suspended`, `admin_required`
 */
export async function openAdminPage(
  request: EndpointRequest,
  provider: Provider,
  write: (session: Session) => MaybePromise<Html>,
  options: PageOptions = {},
): Promise<Response> {
  const { raw, returnTo } = request;
  if (!(await findUserSession(raw, provider))) return redirectResponse(provider.site.loginUrl(returnTo));
  return pageResponse(await write(await requireAdminSession(request, provider)), 200, options);
}
