import { addToRedirect, type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { Session, Site } from '@valetkey/server';
import {
  createPageContext,
  type Endpoint,
  type EndpointRequest,
  findSessionWithoutKey,
  type Provider,
  pageResponse,
  redirectResponse,
  requireSessionToRevoke,
  requireTls,
  signedOutPage,
  signOutPage,
} from '@valetkey/server/extension';
import { readText } from '../authorize/authorization-request.ts';
import type { OauthContext } from '../oauth-context.ts';
import { PATHS } from '../paths.ts';
import type { OpenId } from './open-id.ts';

/** The parameters that the form sends again. */
const REPEATED = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'];

interface SignOut {
  /** The user of the ID token; null without a valid one. */
  readonly userId: string | null;
  /** Where the browser goes afterwards; null for a page of this site. */
  readonly location: string | null;
}

/**
 * `GET` and `POST /oauth/logout` (OpenID Connect RP-Initiated Logout): ends the session of the browser. Without an ID token of this
 * user, the user confirms it on a page, because any web site can link here.
 */
export const createSignOut =
  (context: OauthContext, openId: OpenId, endSession: NonNullable<Site['endSession']>): Endpoint =>
  async (request, provider) => {
    requireTls(provider.site);
    const { raw, parameters } = request;
    const isForm = request.csrfToken !== null;
    // A form of another site comes without the cookie of the session, a redirect has it.
    if (raw.method === 'POST' && !isForm) return redirectResponse(pathOf(parameters, provider), 303);
    const session = await findSessionWithoutKey(request, provider);
    const { userId, location } = await parseSignOut(parameters, session, context, openId);
    if (session && !isForm && userId !== session.user.id) return confirm(request, session, provider);
    const cookies = session
      ? await endSession(
          isForm ? await requireSessionToRevoke(request, provider) : session,
          raw,
          request.context,
        )
      : [];
    const response =
      location === null
        ? await pageResponse(signedOutPage(withoutSwitch(await createPageContext(raw, null, provider))))
        : redirectResponse(location, raw.method === 'POST' ? 303 : 302);
    for (const cookie of cookies) response.headers.append('Set-Cookie', cookie);
    return response;
  };

/** @throws ValetkeyError `parameter_invalid`, `oauth_redirect_mismatch`, and those of `OauthClients.load` */
async function parseSignOut(
  parameters: RawParameters,
  session: Session | null,
  { clients }: OauthContext,
  { keys }: OpenId,
): Promise<SignOut> {
  const hint = readText(parameters, 'id_token_hint');
  const claims = hint === null ? null : await keys.read(hint);
  const sentId = readText(parameters, 'client_id');
  const clientId = sentId ?? claims?.aud ?? null;
  if (claims && claims.aud !== clientId) {
    throw new ValetkeyError('parameter_invalid', { parameter: 'client_id' });
  }
  const userId = claims?.sub ?? null;
  const uri = readText(parameters, 'post_logout_redirect_uri');
  if (uri === null) return { userId, location: null };
  if (typeof clientId !== 'string') throw new ValetkeyError('oauth_redirect_mismatch');
  // A metadata document is loaded for signed-in users only.
  const client = await (session ? clients.load(clientId, session.user.id) : clients.find(clientId));
  if (!client?.postLogoutRedirectUris.includes(uri)) throw new ValetkeyError('oauth_redirect_mismatch');
  // Anybody can register a client: without a session, a link of it would lead from this site to any other.
  if (!session && client.kind !== 'registered') return { userId, location: null };
  const state = readText(parameters, 'state');
  return { userId, location: state === null ? uri : addToRedirect(uri, { state }) };
}

async function confirm(
  { raw, parameters }: EndpointRequest,
  session: Session,
  provider: Provider,
): Promise<Response> {
  const fields = Object.fromEntries(REPEATED.map((name) => [name, readText(parameters, name)]));
  const action = provider.basePath + PATHS.signOut;
  const page = withoutSwitch(await createPageContext(raw, session, provider));
  return pageResponse(signOutPage({ action, fields, isAskedByApp: true }, page));
}

function pathOf(parameters: RawParameters, { basePath }: Provider): string {
  const query = new URLSearchParams();
  for (const name of REPEATED) {
    const text = readText(parameters, name);
    if (text !== null) query.set(name, text);
  }
  return `${basePath}${PATHS.signOut}?${query}`;
}

/** Returns a page without the language switch, which would repeat the ID token of the URL. */
const withoutSwitch = <Page extends object>(page: Page) => ({ ...page, returnTo: null });
