import { ValetkeyError, writePem } from '@valetkey/protocol';

/** An RSA key pair in PEM. */
export interface KeyPair {
  /** SPKI (`BEGIN PUBLIC KEY`); sent to the site. */
  readonly publicKey: string;
  /** PKCS#8 (`BEGIN PRIVATE KEY`); never sent. */
  readonly privateKey: string;
}

/**
 * Generates a new RSA key pair of 2048 bits, for one login.
 *
 * @throws {ValetkeyError} `web_crypto_missing`
 * @example const { publicKey, privateKey } = await generateKeyPair();
 * @see PROTOCOL.md#public-keys
 */
export async function generateKeyPair(): Promise<KeyPair> {
  const pair = await generate(true);
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
  return {
    publicKey: await exportPublicKey(pair),
    privateKey: writePem('PRIVATE KEY', new Uint8Array(pkcs8)),
  };
}

/** Generates a key pair whose private key is not extractable. It stays in this browser and decrypts OAEP only. */
export async function generateBoundKeyPair(): Promise<{ publicKey: string; privateKey: CryptoKey }> {
  const pair = await generate(false);
  return { publicKey: await exportPublicKey(pair), privateKey: pair.privateKey };
}

async function generate(isExtractable: boolean): Promise<CryptoKeyPair> {
  const publicExponent = Uint8Array.of(1, 0, 1);
  const algorithm = { name: 'RSA-OAEP', modulusLength: 2048, publicExponent, hash: 'SHA-1' };
  return getWebCrypto().generateKey(algorithm, isExtractable, ['encrypt', 'decrypt']);
}

/** Browsers hide WebCrypto from pages without TLS; some runtimes do not have it. */
function getWebCrypto(): SubtleCrypto {
  const subtle = globalThis.crypto?.subtle;
  if (subtle) return subtle;
  const reason = globalThis.isSecureContext === false ? 'page_without_https' : null;
  throw new ValetkeyError('web_crypto_missing', { reason });
}

async function exportPublicKey({ publicKey }: CryptoKeyPair): Promise<string> {
  return writePem('PUBLIC KEY', new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
}
