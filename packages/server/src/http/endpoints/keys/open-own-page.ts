import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '../../../issue/provider.ts';
import type { MaybePromise, Session } from '../../../ports/site.ts';
import type { Html } from '../../../ui/parts/layout.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { pageResponse, redirectResponse } from '../../responses.ts';
import { findUserSession } from '../require-session.ts';

/**
 * Opens a page below `/u/:username/preferences` to that person alone, and leads whoever is not signed in to sign in first.
 *
 * @throws ValetkeyError `session_required`, `user_suspended`, `key_of_another_user`
 */
export async function openOwnPage(
  { raw, returnTo, pathParameters }: EndpointRequest,
  provider: Provider,
  write: (session: Session) => MaybePromise<Html>,
): Promise<Response> {
  const session = await findUserSession(raw, provider);
  if (!session) return redirectResponse(provider.site.loginUrl(returnTo));
  checkOwnPath(session, pathParameters);
  return pageResponse(await write(session));
}

/** @throws ValetkeyError `key_of_another_user` */
export function checkOwnPath({ user }: Session, { username }: EndpointRequest['pathParameters']): void {
  if (user.username.toLowerCase() !== username?.toLowerCase()) throw new ValetkeyError('key_of_another_user');
}
