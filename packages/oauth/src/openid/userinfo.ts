import {
  type Endpoint,
  findBearerChallenge,
  formatChallenge,
  jsonResponse,
  type Provider,
  readUserKey,
  refusalResponse,
  withChallenge,
} from '@valetkey/server/extension';
import type { OpenId } from './open-id.ts';

/** `GET` and `POST /oauth/userinfo`: describes the user of an access token with the scope `openid` (OpenID Connect Core section 5.3). */
export const createUserinfo =
  ({ describeUser }: OpenId): Endpoint =>
  async ({ raw, ipAddress }, provider) => {
    const token = readUserKey(raw);
    if (token === null) return refuse(401, {}, provider);
    const from = { ipAddress, userAgent: raw.headers.get('user-agent') };
    const key = await provider.verifier.useActiveKey(token, from);
    if (!key.active)
      return withChallenge(refusalResponse(key), findBearerChallenge(key, provider.resourceMetadataUrl));
    const { scopes, kind } = key.record;
    if (kind !== 'oauth' || !scopes.includes('openid')) {
      return refuse(403, { error: 'insufficient_scope', scope: 'openid' }, provider);
    }
    return jsonResponse(await describeUser(key.user, scopes));
  };

function refuse(
  status: 401 | 403,
  challenge: Readonly<Record<string, string>>,
  { resourceMetadataUrl }: Pick<Provider, 'resourceMetadataUrl'>,
): Response {
  const metadata = resourceMetadataUrl === null ? {} : { resource_metadata: resourceMetadataUrl };
  const error = challenge.error ?? 'invalid_request';
  return jsonResponse({ error }, status, {
    'WWW-Authenticate': formatChallenge({ ...challenge, ...metadata }),
  });
}
