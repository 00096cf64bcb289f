import { requireParameter } from '@valetkey/protocol';
import { DEVICE_GRANT, type Endpoint, jsonResponse, readShortText } from '@valetkey/server/extension';
import { authenticateClient } from '../clients/authenticate-client.ts';
import { redeemDeviceCode } from '../device/redeem-device-code.ts';
import type { OauthContext } from '../oauth-context.ts';
import { clientEndpoint } from '../oauth-endpoint.ts';
import { OauthError } from '../oauth-error.ts';
import { describeTokens } from './issue-tokens.ts';
import { redeemCode } from './redeem-code.ts';
import { refreshTokens } from './refresh-tokens.ts';

const GRANTS = { authorization_code: redeemCode, refresh_token: refreshTokens } as const;

/** `POST /oauth/token`: exchanges an authorization code, a refresh token or a device code for tokens (RFC 6749 section 3.2). */
export const createToken = (context: OauthContext): Endpoint =>
  clientEndpoint(async (request) => {
    const grantType = requireParameter(readShortText(request.body, 'grant_type'), 'grant_type');
    if (grantType === DEVICE_GRANT) return redeemDeviceCode(request, context);
    if (!Object.hasOwn(GRANTS, grantType)) {
      throw new OauthError(
        'unsupported_grant_type',
        `Send one of: ${[...Object.keys(GRANTS), DEVICE_GRANT].join(', ')}`,
      );
    }
    const client = await authenticateClient(request, context.clients);
    const exchange = GRANTS[grantType as keyof typeof GRANTS];
    return jsonResponse(describeTokens(await exchange(client, request, context)));
  });
