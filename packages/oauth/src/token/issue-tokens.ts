import type { NewOauthTokens } from '@valetkey/server';
import { createKeyText, hashKey, type Provider } from '@valetkey/server/extension';
import { createSecret } from './create-secret.ts';

/** New tokens: the texts for the client, and the hashes for the store. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly stored: NewOauthTokens;
  /** The ID token of a sign-in by OpenID Connect. */
  readonly idToken?: string;
}

/** What a pair of tokens is valid for. */
interface TokenReach {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  /** When the grant ends; null for never. */
  readonly grantExpiresAt: number | null;
}

/** Creates an access token, which is a user API key, and a refresh token. Stores nothing. */
export function createTokens(
  { scopes, resources, grantExpiresAt }: TokenReach,
  provider: Pick<Provider, 'randomBytes' | 'settings' | 'now'>,
): IssuedTokens {
  const [accessToken, refreshToken] = [createKeyText(provider), createSecret(provider)];
  const createdAt = provider.now();
  const lifetimeMs = provider.settings.current().oauth_access_token_lifetime_minutes * 60_000;
  return {
    accessToken,
    refreshToken,
    stored: {
      accessTokenHash: hashKey(accessToken),
      refreshTokenHash: hashKey(refreshToken),
      scopes,
      resources,
      createdAt,
      expiresAt: Math.min(createdAt + lifetimeMs, grantExpiresAt ?? Number.POSITIVE_INFINITY),
    },
  };
}

/** Returns the body of a token response (RFC 6749 section 5.1). `scope` always names what was granted. */
export function describeTokens({
  accessToken,
  refreshToken,
  stored,
  idToken,
}: IssuedTokens): Record<string, unknown> {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: Math.floor((stored.expiresAt - stored.createdAt) / 1000),
    refresh_token: refreshToken,
    scope: stored.scopes.join(' '),
    ...(idToken !== undefined && { id_token: idToken }),
  };
}
