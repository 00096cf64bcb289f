import type { Principal } from '@valetkey/server';
import { SignJWT } from 'jose';
import type { SigningKeys } from './signing-keys.ts';

const LIFETIME_SECONDS = 60;
/** A token is sent again while it is valid for at least this long. */
const MINIMUM_LEFT_SECONDS = 30;

interface TokenOptions {
  readonly keys: SigningKeys;
  /** The public URL of the site. */
  readonly issuer: string;
  /** The service. */
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Returns the signed identity token (RFC 7519, ES256) for a principal; valid for at most 60 seconds. */
export type CreateToken = (principal: Principal) => string | Promise<string>;

/**
 * Creates the function that signs identity tokens. A token of the same principal is used again for 30 seconds, because
 * a signature costs more than the rest of a request.
 */
export function createIdentityTokens({ keys, issuer, audience, now }: TokenOptions): CreateToken {
  const sent = new WeakMap<Principal, { readonly token: string; readonly renewAt: number }>();

  async function sign(principal: Principal): Promise<string> {
    const { user, key } = principal;
    const signer = await keys.current();
    const issuedAt = Math.floor(now() / 1000);
    const claims = {
      preferred_username: user.username,
      key_id: key.id,
      ...(principal.kind === 'user_api_key' && {
        scope: principal.key.scopes.join(' '),
        client_id: principal.key.clientId,
      }),
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: signer.id, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(user.id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .sign(signer.privateKey);
    sent.set(principal, { token, renewAt: (issuedAt + LIFETIME_SECONDS - MINIMUM_LEFT_SECONDS) * 1000 });
    return token;
  }

  return (principal) => {
    const known = sent.get(principal);
    return known !== undefined && now() < known.renewAt ? known.token : sign(principal);
  };
}
