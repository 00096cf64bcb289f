import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../../issue/provider.ts';
import type { MaybePromise, Session } from '../../../ports/site.ts';
import type { Html } from '../../../ui/html.ts';
import type { UserPageContext } from '../../../ui/page-context.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { createPageContext } from '../../page-context.ts';
import { pageResponse, redirectResponse } from '../../responses.ts';
import { findUserSession } from '../require-session.ts';

/**
 * Opens a page below `/u/:username/preferences` to that person alone, and leads whoever is not signed in to sign in first.
 *
 * @throws ValetkeyError `session_required`, `user_suspended`, `key_of_another_user`
 */
export async function openOwnPage(
  request: EndpointRequest,
  provider: Provider,
  write: (page: UserPageContext) => MaybePromise<Html>,
): Promise<Response> {
  const { raw, returnTo, pathParameters } = request;
  const session = await findUserSession(request, provider);
  if (!session) return redirectResponse(provider.site.loginUrl(returnTo));
  checkOwnPath(session, pathParameters);
  return pageResponse(await write(createPageContext(raw, session, provider)));
}

/**
 * Under a prefix of the site's own there is no username in the path: the page is that of whoever is signed in.
 *
 * @throws ValetkeyError `key_of_another_user`
 */
export function checkOwnPath({ user }: Session, { username }: EndpointRequest['pathParameters']): void {
  if (username === undefined) return;
  if (user.username.toLowerCase() !== username.toLowerCase()) throw new ValetkeyError('key_of_another_user');
}
