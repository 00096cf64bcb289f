import { requireParameter } from '@valetkey/protocol';
import { isActive, type KeyRecord, type OauthGrant, type SiteUser } from '@valetkey/server';
import { type Endpoint, hashKey, jsonResponse, readShortText } from '@valetkey/server/extension';
import { authenticateClient } from '../clients/authenticate-client.ts';
import type { OauthContext } from '../oauth-context.ts';
import { clientEndpoint } from '../oauth-endpoint.ts';
import { OauthError } from '../oauth-error.ts';

const INACTIVE = { active: false } as const;

/**
 * `POST /oauth/introspect` (RFC 7662): describes a token to a confidential client, such as a service that receives it. An unknown,
 * revoked or expired token is only inactive, and so is that of a client that an admin has blocked.
 */
export const createIntrospect = (context: OauthContext): Endpoint =>
  clientEndpoint(async (request, provider) => {
    const client = await authenticateClient(request, context.clients);
    if (client.secretHash === null) {
      throw new OauthError('invalid_client', 'Only a client with a secret can introspect tokens.');
    }
    const hash = hashKey(requireParameter(readShortText(request.body, 'token'), 'token'));
    const key = await provider.keys.findByHash(hash);
    const grant = key ? null : ((await provider.store.findRefreshToken(hash)) ?? null);
    const record = key?.kind === 'oauth' ? key : null;
    const app = record ?? grant?.grant;
    if (app && isBlocked(app, provider)) return jsonResponse(INACTIVE);
    const userId = app?.userId;
    const user = userId === undefined ? null : await provider.site.findUser(userId);
    if (!user || user.isSuspended) return jsonResponse(INACTIVE);
    if (record) return jsonResponse(describeAccessToken(record, user, context));
    // A client learns nothing about the refresh tokens of others.
    const isUsable = grant?.usedAt === null && grant.grant.clientId === client.clientId;
    return jsonResponse(isUsable ? describeRefreshToken(grant.grant, user, context) : INACTIVE);
  });

function isBlocked(
  { clientId, authRedirect }: Pick<OauthGrant, 'clientId' | 'authRedirect'>,
  { appBlocks }: Pick<OauthContext['provider'], 'appBlocks'>,
): boolean {
  return appBlocks.current().find({ clientIds: [clientId], receivers: [clientId, authRedirect] }) !== null;
}

function describeAccessToken(key: KeyRecord, user: SiteUser, context: OauthContext) {
  if (!isActive(key, context.provider.now())) return INACTIVE;
  const { scopes, resources = [], clientId, createdAt, expiresAt } = key;
  return {
    token_type: 'Bearer',
    ...describe({ scopes, resources, clientId, createdAt, expiresAt }, user, context),
  };
}

function describeRefreshToken(grant: OauthGrant, user: SiteUser, context: OauthContext) {
  const isLive = isActive(grant, context.provider.now());
  return isLive ? describe(grant, user, context) : INACTIVE;
}

type Described = Pick<OauthGrant, 'scopes' | 'resources' | 'clientId' | 'createdAt' | 'expiresAt'>;

const describe = (token: Described, user: SiteUser, { issuer, resources }: OauthContext) => ({
  active: true,
  scope: token.scopes.join(' '),
  client_id: token.clientId,
  username: user.username,
  sub: user.id,
  aud: token.resources.map((path) => resources.urlOf(path)),
  iss: issuer,
  iat: toSeconds(token.createdAt),
  ...(token.expiresAt !== null && { exp: toSeconds(token.expiresAt) }),
});

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
