import { createECDH, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { MaybePromise } from '@valetkey/server';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** A key that signs identity tokens in one period. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: JWK;
}

/** The keys of tokens by time. */
export interface SigningKeys {
  /** Returns no promise if the key of this period is known. */
  current(): MaybePromise<SigningKey>;
  /** The set to publish: the keys of the previous, the current and the next period. */
  published(): Promise<{ keys: JWK[] }>;
}

const PERIOD_MS = 7 * 86_400_000;

/**
 * Creates the keys from one secret. Each period of a week has its own key, so every node has the same keys and nothing
 * needs to be stored. The next key is published a week before its first use.
 *
 * @param now milliseconds since 1970
 */
export function createSigningKeys(secret: string, now: () => number): SigningKeys {
  const cached = new Map<number, Promise<SigningKey>>();
  function keyOf(period: number): Promise<SigningKey> {
    let key = cached.get(period);
    if (key === undefined) {
      if (cached.size > 8) cached.clear();
      key = deriveKey(secret, period);
      cached.set(period, key);
    }
    return key;
  }
  const period = () => Math.floor(now() / PERIOD_MS);
  let signer: { readonly period: number; readonly key: SigningKey } | null = null;
  return {
    current() {
      const asked = period();
      if (signer?.period === asked) return signer.key;
      return keyOf(asked).then((key) => {
        signer = { period: asked, key };
        return key;
      });
    },
    async published() {
      const keys = await Promise.all([period() - 1, period(), period() + 1].map(keyOf));
      return { keys: keys.map(({ publicJwk }) => publicJwk) };
    },
  };
}

async function deriveKey(secret: string, period: number): Promise<SigningKey> {
  const jwk = deriveP256(secret, `valetkey gateway signing key ${period}`);
  const { d: _, ...open } = jwk;
  const id = await calculateJwkThumbprint(open);
  const privateKey = createPrivateKey({ key: jwk as never, format: 'jwk' });
  const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' }) as JWK;
  return { id, privateKey, publicJwk: { ...publicJwk, kid: id, alg: 'ES256', use: 'sig' } };
}

/** Derives a key pair on P-256 by HKDF-SHA-256. One in 2^32 values is no valid private key; then the next is taken. */
function deriveP256(secret: string, info: string): JWK {
  for (let attempt = 0; ; attempt += 1) {
    const value = Buffer.from(hkdfSync('sha256', secret, '', `${info} ${attempt}`, 32));
    const curve = createECDH('prime256v1');
    try {
      curve.setPrivateKey(value);
    } catch {
      continue;
    }
    const point = curve.getPublicKey();
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    return { kty: 'EC', crv: 'P-256', x, y, d: value.toString('base64url') } as JWK;
  }
}
