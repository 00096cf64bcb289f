import type { Extension } from '@valetkey/server';
import {
  createPageContext,
  type Endpoint,
  type EndpointRequest,
  findSessionWithoutKey,
  pageResponse,
  redirectResponse,
  requireSessionToRevoke,
  signedOutPage,
  signOutPage,
} from '@valetkey/server/extension';
import type { Accounts } from '../accounts.ts';
import type { VisitorRequest } from '../visitor-cookie.ts';

const PATH = '/valetkey/sign-out';

/**
 * Adds `/valetkey/sign-out`. A GET shows a form, because any web site can link here. Only a POST with the CSRF token of
 * the session signs out.
 */
export function createSignOut(signOut: NonNullable<Accounts['signOut']>): Extension {
  const show: Endpoint = async (request, provider) => {
    const session = await findSessionWithoutKey(request, provider);
    if (session === null)
      return pageResponse(signedOutPage(await createPageContext(request.raw, null, provider)));
    const view = { action: provider.basePath + PATH, fields: {}, isAskedByApp: false };
    return pageResponse(signOutPage(view, await createPageContext(request.raw, session, provider)));
  };
  const end: Endpoint = async (request, provider) => {
    await requireSessionToRevoke(request, provider);
    const { location, setCookie } = await signOut(visitorOf(request));
    const response = redirectResponse(location, 303);
    response.headers.append('Set-Cookie', setCookie);
    return response;
  };
  return { start: () => ({ endpoints: { [PATH]: { GET: show, POST: end } } }) };
}

/** The gateway passes it with each request (`serveOwn`). */
const visitorOf = ({ context }: EndpointRequest) => (context.native as VisitorRequest).request;
