import { ValetkeyError } from '@valetkey/protocol';
import {
  type Endpoint,
  findSessionWithoutKey,
  redirectResponse,
  requireTls,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { answerClient, describeErrorToClient } from './answer-client.ts';
import { loadAuthorizationClient } from './authorization-request.ts';
import { evaluateAuthorization } from './evaluate-authorization.ts';
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
    const signIn = () => redirectResponse(provider.site.loginUrl(returnPath(parameters, context)));
    const known = await loadAuthorizationClient(parameters, session, context);
    if (!known) return signIn();
    try {
      const authorization = await evaluateAuthorization(known, parameters, session, context);
      return await showConsentPage(authorization, request, context);
    } catch (error) {
      if (error instanceof ValetkeyError && error.code === 'login_required') return signIn();
      return answerClient(describeErrorToClient(error), known, request, context);
    }
  };

/** Returns the path of this request with all parameters, as they may have come in a body. */
function returnPath(
  parameters: Readonly<Record<string, unknown>>,
  { provider }: Pick<OauthContext, 'provider'>,
): string {
  const texts = Object.entries(parameters).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return `${provider.basePath}/oauth/authorize?${new URLSearchParams(texts)}`;
}
