import { hkdfSync } from 'node:crypto';
import { EncryptJWT, type JWTPayload, jwtDecrypt } from 'jose';

/** What a cookie is for. A cookie of one purpose is not accepted as one of another. */
export type CookiePurpose = 'session' | 'sign_in';

/** Cookies whose values only the gateways of this site can read and write. */
export interface SealedCookies {
  /** Returns the header `Set-Cookie`. */
  seal(purpose: CookiePurpose, claims: JWTPayload, maxAgeSeconds: number): Promise<string>;
  /** Returns the claims of the cookie in a header `Cookie`; null if it is missing, forged or expired. */
  open(purpose: CookiePurpose, header: string | undefined): Promise<JWTPayload | null>;
  /** Returns the header `Set-Cookie` that removes the cookie. */
  remove(purpose: CookiePurpose): string;
}

interface SealedCookieOptions {
  /** Shared by the gateways of a site. */
  readonly secret: string;
  readonly isHttps: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Creates cookies that are encrypted with A256GCM. Over https, no other host can set them (prefix `__Host-`). */
export function createSealedCookies({ secret, isHttps, now }: SealedCookieOptions): SealedCookies {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'valetkey gateway cookies', 32));
  const nameOf = (purpose: CookiePurpose) => `${isHttps ? '__Host-' : ''}valetkey_${purpose}`;
  const format = (purpose: CookiePurpose, value: string, maxAgeSeconds: number) =>
    `${nameOf(purpose)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${isHttps ? '; Secure' : ''}`;
  return {
    async seal(purpose, claims, maxAgeSeconds) {
      const value = await new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(purpose)
        .setExpirationTime(Math.floor(now() / 1000) + maxAgeSeconds)
        .encrypt(key);
      return format(purpose, value, maxAgeSeconds);
    },
    async open(purpose, header) {
      const value = readCookie(header ?? '', nameOf(purpose));
      if (value === null) return null;
      try {
        const options = { audience: purpose, currentDate: new Date(now()), requiredClaims: ['exp'] };
        return (await jwtDecrypt(value, key, options)).payload;
      } catch {
        return null;
      }
    },
    remove: (purpose) => format(purpose, '', 0),
  };
}

function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const text = pair.trim();
    if (text.startsWith(`${name}=`)) return text.slice(name.length + 1);
  }
  return null;
}
