import { requireParameter } from '@valetkey/protocol';
import {
  createAuditEventFactory,
  type Endpoint,
  emptyBody,
  grantAuditTarget,
  hashKey,
  readShortText,
} from '@valetkey/server/extension';
import { authenticateClient } from '../clients/authenticate-client.ts';
import type { OauthContext } from '../oauth-context.ts';
import { clientEndpoint } from '../oauth-endpoint.ts';

/**
 * `POST /oauth/revoke` (RFC 7009): a refresh token ends its grant with all its tokens, an access token ends alone. The response is
 * 200 for unknown tokens and those of other clients too, and nothing changes then.
 */
export const createRevokeToken = ({ clients }: OauthContext): Endpoint =>
  clientEndpoint(async (request, provider) => {
    const client = await authenticateClient(request, clients);
    const hash = hashKey(requireParameter(readShortText(request.body, 'token'), 'token'));
    const { store, keys, oauthGrants, now } = provider;
    const refreshToken = await store.findRefreshToken(hash);
    if (refreshToken?.grant.clientId === client.clientId) {
      const audit = createAuditEventFactory('key_revoked_itself', grantAuditTarget, {
        actor: null,
        request,
        provider,
      });
      await oauthGrants.revoke(refreshToken.grant.id, { revokedAt: now(), reason: 'revoked' }, audit);
    }
    const accessToken = refreshToken ? null : await keys.findByHash(hash);
    if (accessToken?.kind === 'oauth' && accessToken.clientId === client.clientId) {
      await oauthGrants.revokeToken(hash, now());
    }
    return emptyBody();
  });
