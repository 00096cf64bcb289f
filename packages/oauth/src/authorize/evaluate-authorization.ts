import type { Session } from '@valetkey/server';
import {
  type DeviceRequest,
  evaluateOauthRequest,
  listGrantableScopes,
  type Provider,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import type { AuthorizationClient, AuthorizationRequest } from './authorization-request.ts';
import type { RequestedScopes } from './parse-scopes.ts';

/** A request that may be approved by its user. */
export interface Authorization extends AuthorizationClient {
  readonly request: AuthorizationRequest;
  readonly granted: DeviceRequest;
}

/**
 * Evaluates a request of a known client by the steps table, for this session.
 *
 * @throws ValetkeyError of the steps; `login_required` without a session
 */
export async function evaluateAuthorization(
  known: AuthorizationClient,
  request: AuthorizationRequest,
  session: Session | null,
  context: OauthContext,
): Promise<Authorization> {
  const { expiresInSeconds, scopes } = request;
  const { clientId, name: applicationName } = known.client;
  const api = selectApiScopes(scopes, context.provider);
  const asked = { clientId, applicationName, scopes: api, expiresInSeconds };
  const decision = await evaluateOauthRequest(asked, session, context.provider);
  if (!decision.allowed) throw decision.refusal;
  return { ...known, request, granted: decision.request };
}

/**
 * Returns the scopes for the API that a request is evaluated with. The user can sign in without those that the site does not
 * grant, such as `groups`.
 */
export function selectApiScopes(
  { api, identity }: RequestedScopes,
  { settings, scopes }: Pick<Provider, 'settings' | 'scopes'>,
): readonly string[] {
  if (identity.length === 0) return api;
  const grantable = listGrantableScopes(settings.current(), scopes);
  return api.filter((name) => grantable.includes(name));
}
