import type { SiteUser } from '@valetkey/server';
import type { OauthContext } from '../oauth-context.ts';
import type { Authorization } from './evaluate-authorization.ts';

/**
 * Returns whether later requests of this kind need no page: only sign-in requests, without API scopes, of clients that an
 * admin registered. The response goes to an https URL of the client, or the client proves its id with a secret. Any program can claim the id of
 * another client on a loopback address or a private-use scheme.
 */
export function canBeRemembered({ client, redirect, request, granted }: Authorization): boolean {
  const isClientCertain =
    client.kind === 'registered' && (client.secretHash !== null || redirect.kind === 'web');
  return (
    isClientCertain && granted.scopes.length === 0 && !request.scopes.identity.includes('offline_access')
  );
}

/**
 * Returns whether this user has a lasting grant of the same client with at least these scopes and resources. The grant is on the
 * page of apps, so the user can withdraw the consent there.
 *
 * @param loginHint the user that the client expects; null for any
 */
export async function isConsentRemembered(
  authorization: Authorization,
  loginHint: string | null,
  { provider, openId }: Pick<OauthContext, 'provider' | 'openId'>,
): Promise<boolean> {
  const { client, request, granted } = authorization;
  if (!canBeRemembered(authorization) || !openId) return false;
  if (request.prompts.includes('consent') || request.prompts.includes('select_account')) return false;
  const { user } = granted.session;
  if (loginHint !== null && !(await isHinted(user, loginHint, openId))) return false;
  const grants = await provider.oauthGrants.list(user.id);
  return grants.some(
    ({ clientId, scopes, resources, expiresAt, authRedirect }) =>
      clientId === client.clientId &&
      // A sign-in that the user did not let last.
      expiresAt === null &&
      // An approval for a device: an attacker may have started the request.
      authRedirect !== null &&
      request.scopes.identity.every((name) => scopes.includes(name)) &&
      request.resources.every((path) => resources.includes(path)),
  );
}

async function isHinted(
  user: SiteUser,
  loginHint: string,
  openId: NonNullable<OauthContext['openId']>,
): Promise<boolean> {
  const { email } = await openId.describeUser(user, ['email']);
  return [user.id, user.username, email].some(
    (name) => typeof name === 'string' && name.toLowerCase() === loginHint.toLowerCase(),
  );
}
