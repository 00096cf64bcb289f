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
 * Returns a page below `/u/:username/preferences` for this user only, and redirects to sign-in without a session.
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
  return pageResponse(await write(await createPageContext(raw, session, provider)));
}

/**
 * A path under a custom prefix contains no username: the page belongs to the signed-in user.
 *
 * @throws ValetkeyError `key_of_another_user`
 */
export function checkOwnPath({ user }: Session, { username }: EndpointRequest['pathParameters']): void {
  if (username === undefined) return;
  if (user.username.toLowerCase() !== username.toLowerCase()) throw new ValetkeyError('key_of_another_user');
}
