import { constants, createPrivateKey, generateKeyPairSync, privateDecrypt } from 'node:crypto';

export const APP_REDIRECT = 'https://app.example/cb';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PUBLIC_KEY = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const PRIVATE_KEY = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Returns a valid request for a key; `null` removes a parameter. */
export function keyRequest(changes: Record<string, string | null> = {}): Record<string, string> {
  const all = {
    client_id: 'client-1',
    nonce: 'a-nonce-to-compare',
    scopes: 'read',
    application_name: 'Plum Reader',
    public_key: PUBLIC_KEY,
    auth_redirect: APP_REDIRECT,
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

export const query = (values: Record<string, string>): string => `?${new URLSearchParams(values)}`;

/** Decrypts a payload with Node’s own crypto, without code of this project. */
export function decrypt(sealed: string, padding: 'pkcs1' | 'oaep' = 'pkcs1'): string {
  const modes = { pkcs1: constants.RSA_PKCS1_PADDING, oaep: constants.RSA_PKCS1_OAEP_PADDING };
  const key = { key: createPrivateKey(PRIVATE_KEY), padding: modes[padding] };
  return privateDecrypt(key, Buffer.from(sealed, 'base64')).toString();
}

/** Returns the content of a payload. */
export function open(payload: string, padding: 'pkcs1' | 'oaep' = 'pkcs1') {
  return JSON.parse(decrypt(payload, padding)) as {
    key: string;
    nonce: string;
    push: boolean;
    api: number;
    expires_at?: string;
  };
}
