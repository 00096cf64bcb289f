import { ValetkeyError } from '../errors/valetkey-error.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { declaredDerLength } from './der.ts';
import { decideKeyDer, encodeRsaSpki, type KeyDer } from './key-der.ts';
import { joinLines, restoreSpaces, undoEscapes } from './mangled-text.ts';

/** An RSA public key in canonical form. */
export interface RsaPublicKey {
  /** Length of the modulus. */
  readonly bits: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly spkiDer: Uint8Array;
  /** The same as PEM, lines of 64, ending in a line break. */
  readonly spkiPem: string;
}

/** Sizes in bits. */
export interface PublicKeyLimits {
  /** Rounded up to whole bytes before the comparison (`isLargeEnough`). @default 2048 */
  readonly minBits?: number;
  /** @default 8192 */
  readonly maxBits?: number;
}

const MAX_TEXT_LENGTH = 65_536;

/**
 * Parses an RSA public key in every form that clients send (PROTOCOL.md#public-keys): SPKI or PKCS#1, with or without
 * PEM lines; line breaks lost, doubled or written as `\n`; spaces instead of `+`; percent-encoded twice. The content
 * decides, not the label. Anything else is rejected with a code that names what it is.
 *
 * @throws {ValetkeyError} `public_key_unreadable`, `public_key_is_private`, `public_key_is_openssh`,
 *   `public_key_is_certificate`, `public_key_not_rsa`, `public_key_too_small`, `public_key_too_large`
 * @example parsePublicKey(pem).spkiPem.startsWith('-----BEGIN PUBLIC KEY-----') // true
 */
export function parsePublicKey(text: string, limits: PublicKeyLimits = {}): RsaPublicKey {
  const plain = unwrapPem(undoEscapes(text));
  checkPemLabel(plain);
  checkOtherForms(plain);
  const key = decideKeyDer(decodeBody(plain));
  switch (key.kind) {
    case 'rsa-public':
      return toPublicKey(key, limits);
    case 'private':
      throw new ValetkeyError('public_key_is_private');
    case 'certificate':
      throw new ValetkeyError('public_key_is_certificate');
    case 'other-public':
      throw new ValetkeyError('public_key_not_rsa', { algorithm: key.algorithm });
    case 'unknown':
      throw new ValetkeyError('public_key_unreadable', { reason: 'not_rsa_public_key' });
  }
}

/** Decodes what is base64 of a whole PEM, and writes the URL-safe alphabet as the usual one. */
function unwrapPem(text: string): string {
  const isEncodedPem = /^LS0tLS1CRUdJTi/.test(text);
  const inner = isEncodedPem ? decodeBase64(toUsualAlphabet(joinLines(text).replaceAll(' ', ''))) : null;
  const pem = inner === null ? text : undoEscapes(new TextDecoder().decode(inner));
  if (/^[\w=\s-]+$/.test(pem) && !pem.includes('BEGIN')) return toUsualAlphabet(pem);
  return pem.replace(
    /(-----BEGIN [A-Z ]{1,40}-----)([\w=\s-]+?)(-----END)/,
    (_, begin: string, body: string, end: string) => begin + toUsualAlphabet(body) + end,
  );
}

const toUsualAlphabet = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');

/** Names what other formats and empty variables are. */
function checkOtherForms(text: string): void {
  if (/<RSAKeyValue|<Modulus>/i.test(text)) {
    if (/<(D|P|InverseQ)>/.test(text)) throw new ValetkeyError('public_key_is_private');
    throw new ValetkeyError('public_key_unreadable', { reason: 'public_key_is_xml' });
  }
  if (text.includes('"kty"'))
    throw new ValetkeyError('public_key_unreadable', { reason: 'public_key_is_jwk' });
  if (/^(undefined|null|none|nan|nil|true|false|\[object \w+\])$/i.test(text)) {
    throw new ValetkeyError('public_key_unreadable', {
      reason: 'public_key_without_value',
      sent: text,
    });
  }
}

/** Checks the label first: it often survives when the body does not. */
function checkPemLabel(text: string): void {
  const isPrivateJwk = text.includes('"kty"') && /"d"\s*:/.test(text);
  if (isPrivateJwk || /-\s?BEGIN[A-Z0-9\s+]{0,40}PRIVATE|PuTTY-User-Key-File/i.test(text)) {
    throw new ValetkeyError('public_key_is_private');
  }
  if (/-\s?BEGIN[\s+]+SSH2|^(ssh|ecdsa|sk-ssh|sk-ecdsa)-|AAAA(B3NzaC1|C3NzaC1|E2VjZHNh)/.test(text)) {
    throw new ValetkeyError('public_key_is_openssh');
  }
  if (/-BEGIN[A-Z0-9\s+]{0,40}CERTIFICATE/i.test(text)) throw new ValetkeyError('public_key_is_certificate');
  if (text.length > MAX_TEXT_LENGTH)
    throw new ValetkeyError('public_key_unreadable', { reason: 'public_key_too_long' });
  if (text.split('-BEGIN').length > 2) {
    throw new ValetkeyError('public_key_unreadable', { reason: 'several_keys' });
  }
}

/** Extracts the body from the PEM lines, if there are any, and decodes it. */
function decodeBody(text: string): Uint8Array {
  const [, label, armoured] = /-BEGIN([A-Z0-9\s+]{1,40})-+([^-]*)/i.exec(text) ?? [];
  const body = armoured ?? text;
  const decoded =
    decodeDamaged(body) ??
    // If the spaces of the label became +, so did the line breaks of the body.
    (label?.includes('+') ? decodeDamaged(body.replaceAll('+', ' ')) : null);
  if (decoded) return decoded;
  const isPem = /^[A-Za-z0-9+/]{20}/.test(joinLines(body));
  const reason = isPem ? 'damaged_pem' : 'not_pem';
  throw new ValetkeyError('public_key_unreadable', { reason });
}

/** The length in the DER header tells how many characters the body must have, and so what each space was. */
function decodeDamaged(body: string): Uint8Array | null {
  const start = decodeBase64(joinLines(body).slice(0, 8).replaceAll(' ', '+'));
  const byteLength = start && declaredDerLength(start);
  if (!byteLength) return null;
  const letters = restoreSpaces(body, Math.ceil((byteLength * 4) / 3));
  return letters === null ? null : decodeBase64(letters);
}

function toPublicKey(key: KeyDer & { kind: 'rsa-public' }, limits: PublicKeyLimits): RsaPublicKey {
  const { minBits = 2048, maxBits = 8192 } = limits;
  const [sign = 0, top = 0] = key.modulus;
  const bits = (key.modulus.length - (sign === 0 ? 1 : 0)) * 8 - (Math.clz32(sign === 0 ? top : sign) - 24);
  if (!isLargeEnough(bits, minBits))
    throw new ValetkeyError('public_key_too_small', { bits, min_bits: minBits });
  if (bits > maxBits) throw new ValetkeyError('public_key_too_large', { bits, max_bits: maxBits });
  const spkiDer = encodeRsaSpki(key.modulus, key.exponent);
  return { bits, spkiDer, spkiPem: writePem('PUBLIC KEY', spkiDer) };
}

/**
 * Returns whether a modulus has as many bytes as the minimum. Some libraries, such as JSEncrypt, create keys whose modulus
 * is one bit shorter than requested.
 *
 * @example isLargeEnough(2047, 2048) // true
 */
export function isLargeEnough(bits: number, minBits: number): boolean {
  return Math.ceil(bits / 8) >= Math.ceil(minBits / 8);
}

/**
 * Writes PEM (RFC 7468): lines of 64, ending in a line break.
 *
 * @example writePem('PUBLIC KEY', spkiDer)
 */
export function writePem(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
