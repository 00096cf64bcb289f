import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { Session } from '@valetkey/server';
import {
  type Endpoint,
  type EndpointRequest,
  findSessionWithoutKey,
  redirectResponse,
  requireTls,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { OauthError } from '../oauth-error.ts';
import { decideSignIn } from '../openid/decide-sign-in.ts';
import { answerClient, describeErrorToClient } from './answer-client.ts';
import {
  type AuthorizationRequest,
  loadAuthorizationClient,
  parseAuthorizationRequest,
  readText,
} from './authorization-request.ts';
import { type Authorization, evaluateAuthorization } from './evaluate-authorization.ts';
import { issueCode } from './issue-code.ts';
import { isConsentRemembered } from './remembered-consent.ts';
import { addSignInTime, readSignInTime, returnPath } from './return-path.ts';
import { showConsentPage } from './show-consent-page.ts';

/**
 * `GET` and `POST /oauth/authorize`: shows the consent page (RFC 6749 section 3.1). An unknown client or a redirect that it has
 * not registered ends on a page of this site; all other errors are sent to the client.
 */
export const createShowAuthorization =
  (context: OauthContext): Endpoint =>
  async (request, provider) => {
    requireTls(provider.site);
    const { parameters } = request;
    const session = await findSessionWithoutKey(request, provider);
    const signIn = () => redirectResponse(loginUrl(parameters, context));
    const known = await loadAuthorizationClient(parameters, session, context);
    if (!known) return signIn();
    try {
      const asked = parseAuthorizationRequest(parameters, known.client, context);
      const detour = await requireSignIn(asked, session, request, context);
      if (detour) return detour;
      const authorization = await evaluateAuthorization(known, asked, session, context);
      if (await needsNoPage(authorization, readText(parameters, 'login_hint'), context)) {
        const code = await issueCode(
          authorization,
          { isOnPage: false, isRemembered: false },
          request,
          context,
        );
        return answerClient({ code }, known, request, context);
      }
      if (asked.prompts.includes('none')) {
        throw new OauthError('consent_required', 'The user must approve each request on a page.');
      }
      return await showConsentPage(authorization, request, context);
    } catch (error) {
      if (error instanceof ValetkeyError && error.code === 'login_required') return signIn();
      return answerClient(describeErrorToClient(error), known, request, context);
    }
  };

/** Returns whether the user has consented before, and not too often within an hour: then the page is shown again. */
async function needsNoPage(
  authorization: Authorization,
  loginHint: string | null,
  context: OauthContext,
): Promise<boolean> {
  if (!(await isConsentRemembered(authorization, loginHint, context))) return false;
  const { session, parameters } = authorization.granted;
  const approval = { userId: session.user.id, clientId: parameters.clientId };
  return context.provider.approvalLimits.countRemembered(approval);
}

/**
 * Returns the redirect to sign-in if this session is not enough; null if it is.
 *
 * @throws OauthError `login_required` if the client allows no page, or the site cannot sign in again
 */
async function requireSignIn(
  { prompts, maxAge }: AuthorizationRequest,
  session: Session | null,
  { parameters }: EndpointRequest,
  context: OauthContext,
): Promise<Response | null> {
  const { provider, openId } = context;
  const { site, now } = provider;
  const hint = openId && readText(parameters, 'id_token_hint');
  const hinted = hint ? await openId?.keys.read(hint) : null;
  if (hint && !hinted)
    throw new OauthError('invalid_request', 'The id_token_hint is no ID token of this site.');
  const expectedUserId = hinted?.sub ?? null;
  const signedInSince = readSignInTime(parameters, context);
  const decision = decideSignIn(session, { prompts, maxAge, expectedUserId, signedInSince }, now());
  if (decision === 'continue') return null;
  if (prompts.includes('none')) throw new OauthError('login_required', 'The user must sign in first.');
  if (decision === 'sign_in') return redirectResponse(loginUrl(parameters, context));
  const again = site.switchAccountUrl?.(returnPath(addSignInTime(parameters, context), context));
  if (again === undefined)
    throw new OauthError('login_required', 'This site cannot ask the user to sign in again.');
  return redirectResponse(again);
}

function loginUrl(parameters: RawParameters, context: OauthContext): string {
  const { site } = context.provider;
  return site.loginUrl(returnPath(parameters, context), readText(parameters, 'login_hint') ?? undefined);
}
