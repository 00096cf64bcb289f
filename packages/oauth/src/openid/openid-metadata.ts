import { type Endpoint, jsonResponse, requireFeature, requireTls } from '@valetkey/server/extension';
import { PROMPTS } from '../authorize/authorization-request.ts';
import { describeServer } from '../metadata/server-metadata.ts';
import type { OauthContext } from '../oauth-context.ts';
import { openToAllOrigins } from '../open-to-all-origins.ts';
import { PATHS } from '../paths.ts';
import type { OpenId } from './open-id.ts';

/** `GET /.well-known/openid-configuration` (OpenID Connect Discovery section 4). */
export const createOpenIdMetadata = (context: OauthContext): Endpoint =>
  openToAllOrigins(async (_request, { site, settings }) => {
    requireFeature(settings.current());
    requireTls(site);
    return jsonResponse({
      ...describeServer(context),
      ...(site.endSession && { end_session_endpoint: context.issuer + PATHS.signOut }),
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      prompt_values_supported: PROMPTS,
      claims_supported: [
        'sub',
        'iss',
        'aud',
        'exp',
        'iat',
        'auth_time',
        'nonce',
        'at_hash',
        'preferred_username',
      ],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    });
  });

/** `GET /oauth/jwks`: the public keys that verify ID tokens. */
export const createJwks = ({ keys }: OpenId): Endpoint =>
  openToAllOrigins(async () => jsonResponse(await keys.publicKeys()));
