import {
  createPageContext,
  type EndpointRequest,
  loadRequestIcon,
  oauthConsentPage,
  pageResponse,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { PATHS } from '../paths.ts';
import type { Authorization } from './evaluate-authorization.ts';
import { canBeRemembered } from './remembered-consent.ts';

/** The parameters that the form sends again: the approval evaluates all of them again. */
const REPEATED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'resource',
  'expires_in_seconds',
  'nonce',
];

/** Renders the consent page of a request (PROTOCOL.md#oauth-consent). It cannot be framed. */
export async function showConsentPage(
  authorization: Authorization,
  request: EndpointRequest,
  { provider }: OauthContext,
): Promise<Response> {
  const { client, redirect, request: asked, granted } = authorization;
  const { session, scopes } = granted;
  const { parameters } = request;
  const grants = await provider.oauthGrants.list(session.user.id);
  const repeated = REPEATED.map((name) => [
    name,
    typeof parameters[name] === 'string' ? parameters[name] : null,
  ]);
  const { clientId } = client;
  const asker = {
    kind: 'oauth',
    clientId,
    hasSecret: client.secretHash !== null,
    authRedirect: redirect.uri,
  } as const;
  const page = oauthConsentPage(
    {
      client,
      icon: await loadRequestIcon(asker, provider),
      redirect,
      request: granted,
      identityScopes: asked.scopes.identity,
      refusedScopes: asked.scopes.api.filter((name) => !scopes.includes(name)),
      connections: grants.filter((grant) => grant.clientId === clientId),
      canBeRemembered: canBeRemembered(authorization),
      maxExpiryDays: provider.settings.current().max_user_api_key_expiry_days,
      scopes: provider.scopes,
      action: provider.basePath + PATHS.consent,
      fields: {
        ...Object.fromEntries(repeated),
        document_hash: client.documentHash,
        shown_scopes: scopes.join(' '),
      },
    },
    await createPageContext(request.raw, session, provider),
  );
  return pageResponse(page);
}
