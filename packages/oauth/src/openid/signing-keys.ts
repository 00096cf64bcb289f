import { hkdfSync } from 'node:crypto';
import type { SigningKey, SigningKeyStore } from '@valetkey/server';
import {
  CompactEncrypt,
  calculateJwkThumbprint,
  compactDecrypt,
  compactVerify,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWTPayload,
  SignJWT,
} from 'jose';

/** The keys that sign ID tokens: the newest one signs, and the earlier ones stay in the JWKS until no token needs them. */
export interface SigningKeys {
  sign(payload: JWTPayload): Promise<string>;
  /** The public keys (RFC 7517). */
  publicKeys(): Promise<JSONWebKeySet>;
  /** Returns the claims of a token that these keys signed, expired or not; null for every other text. */
  read(token: string): Promise<JWTPayload | null>;
}

const DAY_MS = 86_400_000;
/** A new key signs after this time. */
const ROTATE_AFTER_MS = 30 * DAY_MS;
/** A key is deleted after this time: its tokens have expired long ago. */
const DELETE_AFTER_MS = 60 * DAY_MS;
const MIN_SECRET_CHARACTERS = 32;

interface Parts {
  readonly store: SigningKeyStore;
  /** Encrypts the private keys in the store. */
  readonly secret: string;
  readonly now: () => number;
}

/** @throws TypeError if the secret has fewer than 32 characters */
export function createSigningKeys({ store, secret, now }: Parts): SigningKeys {
  if (secret.length < MIN_SECRET_CHARACTERS) {
    throw new TypeError('openId.secret encrypts the signing keys. Use at least 32 random characters.');
  }
  const sealingKey = new Uint8Array(hkdfSync('sha256', secret, '', 'valetkey signing keys', 32));

  async function createKey(): Promise<SigningKey> {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    const keyId = await calculateJwkThumbprint(jwk);
    const text = new TextEncoder().encode(JSON.stringify(await exportJWK(pair.privateKey)));
    const sealedPrivateKey = await new CompactEncrypt(text)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(sealingKey);
    const publicJwk = JSON.stringify({ ...jwk, kid: keyId, alg: 'RS256', use: 'sig' });
    return { keyId, publicJwk, sealedPrivateKey, createdAt: now() };
  }

  /** Returns the keys, newest first. Concurrent nodes agree on one new key. */
  async function loadKeys(): Promise<[SigningKey, ...SigningKey[]]> {
    const keys = await store.listSigningKeys();
    const [newest, ...earlier] = keys;
    if (newest && newest.createdAt > now() - ROTATE_AFTER_MS) return [newest, ...earlier];
    await store.saveSigningKey(await createKey(), now() - ROTATE_AFTER_MS);
    await store.deleteSigningKeys(now() - DELETE_AFTER_MS);
    const [current, ...others] = await store.listSigningKeys();
    if (!current) throw new Error('The store has lost the signing key.');
    return [current, ...others];
  }

  async function publicKeys(): Promise<JSONWebKeySet> {
    return { keys: (await loadKeys()).map(({ publicJwk }) => JSON.parse(publicJwk)) };
  }

  return {
    publicKeys,
    async sign(payload) {
      const [{ keyId, sealedPrivateKey }] = await loadKeys();
      const { plaintext } = await compactDecrypt(sealedPrivateKey, sealingKey).catch((cause: unknown) => {
        throw new Error('The signing key cannot be decrypted: openId.secret has changed.', { cause });
      });
      const privateKey = await importJWK(JSON.parse(new TextDecoder().decode(plaintext)), 'RS256');
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' })
        .sign(privateKey);
    },
    async read(token) {
      try {
        const keySet = createLocalJWKSet(await publicKeys());
        const { payload } = await compactVerify(token, keySet, { algorithms: ['RS256'] });
        return JSON.parse(new TextDecoder().decode(payload));
      } catch {
        return null;
      }
    },
  };
}
