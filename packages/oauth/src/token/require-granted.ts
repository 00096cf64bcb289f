import type { SiteUser } from '@valetkey/server';
import { evaluateStoredGrant } from '@valetkey/server/extension';
import { isIdentityScope } from '../authorize/parse-scopes.ts';
import type { OauthContext } from '../oauth-context.ts';
import { OauthError } from '../oauth-error.ts';

/**
 * Returns the user of an approval, and of its scopes those that the site still grants.
 *
 * @throws OauthError `invalid_grant`
 */
export async function requireGranted(
  { userId, scopes }: { readonly userId: string; readonly scopes: readonly string[] },
  { provider }: Pick<OauthContext, 'provider'>,
): Promise<{ user: SiteUser; scopes: readonly string[] }> {
  const user = await provider.site.findUser(userId);
  const api = scopes.filter((name) => !isIdentityScope(name));
  const decision = user && (await evaluateStoredGrant('refresh', api, user, provider));
  if (!user || !decision?.allowed)
    throw new OauthError('invalid_grant', 'The user or the scopes are no longer allowed.');
  return { user, scopes: [...scopes.filter(isIdentityScope), ...decision.request.scopes] };
}
