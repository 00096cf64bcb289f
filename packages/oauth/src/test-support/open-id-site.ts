import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { createOauthSite } from './oauth-site.ts';
import { ISSUER } from './open-authorization.ts';

/** A request to sign in, without scopes for the API. */
export const SIGN_IN = { scope: 'openid profile', shown_scopes: '' };

/** Creates a site with OpenID Connect, whose session began at `authenticatedAt`. */
export async function createOpenIdSite(
  options: Pick<Parameters<typeof createOauthSite>[0] & object, 'onNotice'> = {},
) {
  let authenticatedAt: number | undefined;
  const ended: string[] = [];
  const site = await createOauthSite({
    ...options,
    openId: { secret: 's'.repeat(32) },
    site: {
      findSession(request) {
        const [, name = ''] = /session=(\w+)/.exec(request.headers.get('cookie') ?? '') ?? [];
        const user = site.users.get(name);
        return user
          ? { id: `session-${name}`, user, ...(authenticatedAt !== undefined && { authenticatedAt }) }
          : null;
      },
      endSession({ id }) {
        ended.push(id);
        return ['session=; Max-Age=0'];
      },
      switchAccountUrl: (returnTo) => `/login?switch=1&return_to=${encodeURIComponent(returnTo)}`,
    },
  });
  const readKeys = async () => (await (await site.get('/oauth/jwks')).json()) as JSONWebKeySet;
  return {
    ...site,
    readKeys,
    /** The ids of the sessions that a client has ended. */
    ended,
    signInAt(time: number) {
      authenticatedAt = time;
    },
    /** Verifies an ID token as a client does, and returns its claims. */
    async verify(token: unknown) {
      const options = { issuer: ISSUER, audience: 'public-client', currentDate: new Date(site.now()) };
      return (await jwtVerify(String(token), createLocalJWKSet(await readKeys()), options)).payload;
    },
    userinfo: async (token: unknown, method = 'GET') => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await site.send('/oauth/userinfo', { method, headers });
      return {
        status: response.status,
        challenge: response.headers.get('www-authenticate'),
        body: await response.json(),
      };
    },
  };
}
