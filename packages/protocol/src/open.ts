import { parsePrivateKey, type RsaPrivateKey } from './private-key.ts';
import { parseSealedPayload } from './sealed-payload.ts';
import { unpadPkcs1 } from './unpad-pkcs1.ts';
import { ValetkeyError } from './valetkey-error.ts';

/**
 * Opens a sealed payload or one-time password. Tries OAEP (SHA-1) by WebCrypto, which every runtime has, then PKCS#1
 * v1.5, which needs Node's crypto module; so an app for browsers has to ask with `padding=oaep`.
 *
 * @param sealed the ciphertext, or any text that parseSealedPayload reads
 * @param privateKey PEM, PKCS#8 or PKCS#1
 * @returns the plaintext: the JSON for parsePayload
 * @throws {ValetkeyError} `sealed_payload_unreadable`, `payload_cannot_be_opened`
 * @example const payload = parsePayload(await openPayload(sealed, privateKeyPem))
 */
export async function openPayload(sealed: string | Uint8Array, privateKey: string): Promise<string> {
  const key = parsePrivateKey(privateKey);
  const ciphertext = typeof sealed === 'string' ? parseSealedPayload(sealed) : new Uint8Array(sealed);
  if (ciphertext.length !== key.modulusBytes) throw refusal('it was sealed for a key of another size');
  const opened = (await openOaep(ciphertext, key)) ?? openPkcs1(ciphertext, key);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened);
  } catch {
    throw refusal('what came out is not text');
  }
}

async function openOaep(ciphertext: Uint8Array<ArrayBuffer>, key: RsaPrivateKey): Promise<Uint8Array | null> {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' };
  try {
    const imported = await subtle.importKey('pkcs8', key.pkcs8Der, algorithm, false, ['decrypt']);
    return new Uint8Array(await subtle.decrypt({ name: 'RSA-OAEP' }, imported, ciphertext));
  } catch {
    return null;
  }
}

/** Raw RSA with our own unpadding: Node 20 and 22 refuse to take PKCS#1 v1.5 padding off themselves (CVE-2023-46809). */
function openPkcs1(ciphertext: Uint8Array, key: RsaPrivateKey): Uint8Array {
  const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (!nodeCrypto)
    throw refusal('it is not OAEP, and nothing else can be opened here: ask with padding=oaep');
  try {
    const { createPrivateKey, privateDecrypt, constants } = nodeCrypto;
    const imported = createPrivateKey({ key: Buffer.from(key.pkcs8Der), format: 'der', type: 'pkcs8' });
    const message = unpadPkcs1(
      privateDecrypt({ key: imported, padding: constants.RSA_NO_PADDING }, ciphertext),
    );
    if (message) return message;
  } catch {
    // Only the private key can be at fault here, and OpenSSL's message says nothing that helps.
  }
  throw refusal('it was sealed for another key, or changed on the way');
}

function refusal(reason: string): ValetkeyError {
  return new ValetkeyError('payload_cannot_be_opened', { reason });
}
