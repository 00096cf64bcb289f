import { decodeBase64 } from './base64.ts';
import { DER, encodeDer } from './der.ts';
import { unpadPkcs1 } from './pkcs1-unpad.ts';
import { parseSealedPayload } from './sealed-payload.ts';
import { ValetkeyError } from './valetkey-error.ts';

/**
 * Opens a sealed payload with the app's private key. OAEP is tried first, then PKCS#1 v1.5, which sites use that
 * ignore `padding`.
 *
 * @param sealed what arrived, in any form that `parseSealedPayload` reads, or the ciphertext itself
 * @param privateKey PEM, PKCS#8 (`BEGIN PRIVATE KEY`) or PKCS#1 (`BEGIN RSA PRIVATE KEY`), not encrypted
 * @returns the JSON inside, for `parsePayload`
 * @throws ValetkeyError `sealed_payload_unreadable`, `payload_cannot_be_opened`
 */
export async function openPayload(sealed: string | Uint8Array, privateKey: string): Promise<string> {
  const ciphertext = typeof sealed === 'string' ? parseSealedPayload(sealed) : sealed;
  const plaintext = (await openOaep(ciphertext, privateKey)) ?? openPkcs1(ciphertext, privateKey);
  if (!plaintext) throw new ValetkeyError('payload_cannot_be_opened');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  } catch {
    throw new ValetkeyError('payload_cannot_be_opened');
  }
}

async function openOaep(ciphertext: Uint8Array, privateKey: string): Promise<Uint8Array | null> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' };
  try {
    const pkcs8 = readPrivateKey(privateKey) as Uint8Array<ArrayBuffer>;
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['decrypt']);
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, key, ciphertext as Uint8Array<ArrayBuffer>),
    );
  } catch {
    return null;
  }
}

/**
 * WebCrypto never had PKCS#1 v1.5, and Node 20 and 22 refuse to decrypt it for fear of padding oracles
 * (CVE-2023-46809). So only the bare RSA operation is asked of Node, and the padding is taken off in constant time.
 */
function openPkcs1(ciphertext: Uint8Array, privateKey: string): Uint8Array | null {
  const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (!nodeCrypto) return null;
  try {
    const padding = nodeCrypto.constants.RSA_NO_PADDING;
    return unpadPkcs1(nodeCrypto.privateDecrypt({ key: privateKey, padding }, ciphertext));
  } catch {
    return null;
  }
}

/** PKCS#8 as WebCrypto wants it; a PKCS#1 key gets the wrapping it lacks. */
function readPrivateKey(pem: string): Uint8Array | null {
  const [, isPkcs1, body = ''] = /-----BEGIN (RSA )?PRIVATE KEY-----([^-]*)-----END/.exec(pem) ?? [];
  const der = decodeBase64(body.replace(/\s+/g, ''));
  if (!der || !isPkcs1) return der;
  return encodeDer(
    DER.sequence,
    encodeDer(DER.integer, Uint8Array.of(0)),
    encodeDer(DER.sequence, encodeDer(DER.oid, RSA_OID), encodeDer(DER.null)),
    encodeDer(DER.octetString, der),
  );
}

const RSA_OID = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);
