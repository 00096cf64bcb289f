import { createHash } from 'node:crypto';
import type { MaybePromise, SiteUser } from '@valetkey/server';
import type { Provider } from '@valetkey/server/extension';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The options of OpenID Connect. */
export interface OpenIdOptions {
  /** Encrypts the stored keys that sign ID tokens. At least 32 random characters, the same on all nodes. */
  readonly secret: string;
  /**
   * Returns the claims about a user that these scopes allow (`profile`, `email`). `sub` is always the id of the user.
   *
   * @default `preferred_username`, with `profile`
   */
  claims?(user: SiteUser, scopes: readonly string[]): MaybePromise<Readonly<Record<string, unknown>>>;
}

/** What an ID token states besides the claims about the user. */
export interface SignIn {
  readonly clientId: string;
  readonly nonce: string | null;
  /** When the user signed in, in milliseconds since 1970; null if the site does not know. */
  readonly authenticatedAt: number | null;
  readonly accessToken: string;
  readonly scopes: readonly string[];
}

/** OpenID Connect for the grants of this site. */
export interface OpenId {
  readonly keys: SigningKeys;
  /** Returns the claims of the userinfo endpoint (OpenID Connect Core section 5.3). */
  describeUser(user: SiteUser, scopes: readonly string[]): Promise<Record<string, unknown>>;
  /**
   * Returns an ID token (section 2). It is valid for five minutes, because it proves a sign-in and is not a credential.
   */
  createIdToken(user: SiteUser, signIn: SignIn): Promise<string>;
}

const LIFETIME_SECONDS = 300;

export function createOpenId(
  { secret, claims = defaultClaims }: OpenIdOptions,
  issuer: string,
  { store, now }: Pick<Provider, 'store' | 'now'>,
): OpenId {
  const keys = createSigningKeys({ store, secret, now });

  async function describeUser(user: SiteUser, scopes: readonly string[]): Promise<Record<string, unknown>> {
    // `sub` last: a site cannot replace it by accident.
    return { ...(await claims(user, scopes)), sub: user.id };
  }

  return {
    keys,
    describeUser,
    async createIdToken(user, { clientId, nonce, authenticatedAt, accessToken, scopes }) {
      const iat = toSeconds(now());
      return keys.sign({
        ...(await describeUser(user, scopes)),
        iss: issuer,
        aud: clientId,
        iat,
        exp: iat + LIFETIME_SECONDS,
        at_hash: hashAccessToken(accessToken),
        ...(nonce !== null && { nonce }),
        ...(authenticatedAt !== null && { auth_time: toSeconds(authenticatedAt) }),
      });
    },
  };
}

const defaultClaims = (user: SiteUser, scopes: readonly string[]) =>
  scopes.includes('profile') ? { preferred_username: user.username } : {};

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** The left half of the SHA-256 of the access token (section 3.1.3.6). */
const hashAccessToken = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
