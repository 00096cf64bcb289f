import { decodeBase64 } from './base64.ts';
import { DER, encodeDer, readDerSequence } from './der.ts';
import { RSA_ALGORITHM } from './key-der.ts';
import { joinLines, undoEscapes } from './mangled-text.ts';
import { createOpenError } from './open-oaep.ts';

/** An RSA private key. */
export interface RsaPrivateKey {
  /** PrivateKeyInfo (RFC 5958), which WebCrypto imports. */
  readonly pkcs8Der: Uint8Array<ArrayBuffer>;
  /** Length of a ciphertext, in bytes. */
  readonly modulusBytes: number;
}

/**
 * Parses an RSA private key, PKCS#8 or PKCS#1, in PEM. Line breaks may be written as `\n`, as in environment
 * variables.
 *
 * @throws {ValetkeyError} `payload_cannot_be_opened`
 */
export function parsePrivateKey(pem: string): RsaPrivateKey {
  const plain = undoEscapes(pem);
  if (/ENCRYPTED/.test(plain)) throw createOpenError('private_key_encrypted');
  if (!/-BEGIN[A-Z ]{1,20}PRIVATE KEY-/.test(plain)) throw createOpenError('private_key_not_pem');
  const body = /KEY-+([^-]*)/.exec(plain)?.[1] ?? '';
  const der = decodeBase64(joinLines(body).replaceAll(' ', ''));
  const parts = der && readDerSequence(der);
  const [, second, third] = parts ?? [];
  const isPkcs8 = second?.tag === DER.sequence;
  const modulus = isPkcs8 ? readDerSequence(third?.content ?? new Uint8Array())?.[1] : second;
  if (!der || modulus?.tag !== DER.integer || modulus.content.length < 64) {
    throw createOpenError('private_key_not_rsa');
  }
  return {
    pkcs8Der: isPkcs8 ? der : wrapPkcs1(der),
    modulusBytes: modulus.content.length - (modulus.content[0] === 0 ? 1 : 0),
  };
}

function wrapPkcs1(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const version = encodeDer(DER.integer, Uint8Array.of(0));
  return encodeDer(DER.sequence, version, RSA_ALGORITHM, encodeDer(DER.octetString, pkcs1));
}
