import { sign as signBytes } from 'node:crypto';
import type { Principal } from '@valetkey/server';
import type { SigningKey, SigningKeys } from './signing-keys.ts';

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
 * a signature costs more than the rest of the decision.
 */
export function createIdentityTokens({ keys, issuer, audience, now }: TokenOptions): CreateToken {
  const sent = new WeakMap<Principal, { readonly token: string; readonly renewAt: number }>();

  function create(principal: Principal, signer: SigningKey): string {
    const { user, key } = principal;
    const issuedAt = Math.floor(now() / 1000);
    const claims = {
      iss: issuer,
      aud: audience,
      sub: user.id,
      iat: issuedAt,
      exp: issuedAt + LIFETIME_SECONDS,
      preferred_username: user.username,
      key_id: key.id,
      ...(principal.kind === 'user_api_key' && {
        scope: principal.key.scopes.join(' '),
        client_id: principal.key.clientId,
      }),
    };
    const token = signToken(claims, signer);
    sent.set(principal, { token, renewAt: (issuedAt + LIFETIME_SECONDS - MINIMUM_LEFT_SECONDS) * 1000 });
    return token;
  }

  return (principal) => {
    const known = sent.get(principal);
    if (known !== undefined && now() < known.renewAt) return known.token;
    const signer = keys.current();
    return signer instanceof Promise
      ? signer.then((loaded) => create(principal, loaded))
      : create(principal, signer);
  };
}

/** Returns a JWT in the compact form (RFC 7515 section 3.1). Synchronous, because a thread switch costs more than ES256. */
function signToken(claims: object, { id, privateKey }: SigningKey): string {
  const parts = [{ alg: 'ES256', kid: id, typ: 'JWT' }, claims];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = signBytes('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
