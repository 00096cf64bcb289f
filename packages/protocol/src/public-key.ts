import { encodeBase64 } from './base64.ts';
import { DER, type DerElement, encodeDer, readDerElements, readDerSequence } from './der.ts';
import type { ErrorCode } from './error-catalogue.ts';
import { pemCandidates, readPem } from './pem-candidates.ts';
import { ValetkeyError } from './valetkey-error.ts';

/** An RSA public key in one canonical form, whatever it came in. */
export interface RsaPublicKey {
  /** Length of the modulus. */
  readonly bits: number;
  readonly spkiDer: Uint8Array;
  /** `BEGIN PUBLIC KEY`, lines of 64 characters; readable by every crypto library. */
  readonly spkiPem: string;
}

const MAX_TEXT_LENGTH = 16_384;

/** What a label tells about a thing that is no RSA public key. */
const LABELS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/PRIVATE KEY$/, 'public_key_is_private'],
  [/CERTIFICATE/, 'public_key_is_certificate'],
  [/^(EC|DSA|DH) /, 'public_key_not_rsa'],
  [/SSH/, 'public_key_is_openssh'],
];

/**
 * Reads an RSA public key from PEM, SPKI or PKCS#1, however it was mangled on its way: line endings, line lengths,
 * blanks for `+`, one long line, percent-encoding left in, the armour missing (PROTOCOL.md section 2).
 *
 * @param limits sizes of the modulus in bits; by default 2048 to 8192
 * @throws ValetkeyError `public_key_unreadable`, `public_key_is_private`, `public_key_is_openssh`,
 *   `public_key_is_certificate`, `public_key_not_rsa`, `public_key_too_small`, `public_key_too_large`
 * @example
 * ```ts
 * const key = parsePublicKey(parameters.public_key, { minBits: 2048 });
 * const cipher = publicEncrypt({ key: key.spkiPem, padding }, payload);
 * ```
 */
export function parsePublicKey(
  text: string,
  limits: { minBits?: number; maxBits?: number } = {},
): RsaPublicKey {
  const { minBits = 2048, maxBits = 8192 } = limits;
  const { modulus, exponent } = readRsaKey(text);
  const bits = bitLength(modulus);
  if (bits < minBits) throw new ValetkeyError('public_key_too_small', { bits, min_bits: minBits });
  if (bits > maxBits) throw new ValetkeyError('public_key_too_large', { bits, max_bits: maxBits });
  const spkiDer = writeSpki(modulus, exponent);
  return { bits, spkiDer, spkiPem: writePem('PUBLIC KEY', spkiDer) };
}

interface RsaNumbers {
  /** Without leading zeros. */
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

function readRsaKey(text: string): RsaNumbers {
  if (text.length > MAX_TEXT_LENGTH) throw new ValetkeyError('public_key_unreadable');
  if (/(^|[^A-Z])PRIVATE[ +_]KEY|PuTTY-User-Key-File/.test(text))
    throw new ValetkeyError('public_key_is_private');
  if (/^\s*(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)|BEGIN[ +_]SSH2/.test(text))
    throw new ValetkeyError('public_key_is_openssh');
  const { label, body } = readPem(text);
  const labelled = LABELS.find(([pattern]) => label !== null && pattern.test(label));
  if (labelled) throw new ValetkeyError(labelled[1]);

  let refusal: ErrorCode = 'public_key_unreadable';
  for (const bytes of pemCandidates(body)) {
    const result = decideKeyDer(bytes);
    if (typeof result !== 'string') return result;
    if (result !== 'public_key_unreadable') refusal = result;
  }
  throw new ValetkeyError(refusal);
}

/** What these bytes are: the numbers of an RSA public key, or the name of what was sent instead. */
function decideKeyDer(bytes: Uint8Array): RsaNumbers | ErrorCode {
  const outer = readDerSequence(bytes);
  const [first, second] = outer ?? [];
  if (!outer || !first || !second) return 'public_key_unreadable';

  if (first.tag === DER.integer) {
    // PKCS#1 and PKCS#8 private keys begin with a version, and hold more than two numbers.
    if (outer.length > 2) return 'public_key_is_private';
    return readNumbers(outer);
  }
  if (first.tag !== DER.sequence) return 'public_key_unreadable';
  const [algorithm] = readDerElements(first.content) ?? [];
  // A certificate begins with its version, an explicit [0], or, in version 1, with its serial number.
  if (algorithm && (algorithm.tag === 0xa0 || algorithm.tag === DER.integer))
    return 'public_key_is_certificate';
  if (outer.length !== 2 || second.tag !== DER.bitString || algorithm?.tag !== DER.oid)
    return 'public_key_unreadable';
  if (!isSameBytes(algorithm.content, RSA_OID)) return 'public_key_not_rsa';
  if (second.content[0] !== 0) return 'public_key_unreadable';
  return readNumbers(readDerSequence(second.content.subarray(1)));
}

function readNumbers(elements: DerElement[] | null): RsaNumbers | ErrorCode {
  const [modulus, exponent] = elements?.map(positiveInteger) ?? [];
  if (elements?.length !== 2 || !modulus || !exponent) return 'public_key_unreadable';
  // Even numbers and an exponent of 1 or of more than 32 bits make no RSA key that libraries would use.
  const isOdd = (number: Uint8Array): boolean => ((number.at(-1) ?? 0) & 1) === 1;
  const isTiny = exponent.length === 1 && (exponent[0] ?? 0) < 3;
  if (!isOdd(modulus) || !isOdd(exponent) || isTiny || exponent.length > 4) return 'public_key_unreadable';
  return { modulus, exponent };
}

/** A positive INTEGER without its sign byte; null for anything else, or for one with needless zeros. */
function positiveInteger({ tag, content }: DerElement): Uint8Array | null {
  const [first, second = 0] = content;
  if (tag !== DER.integer || first === undefined || first >= 0x80) return null;
  if (first > 0) return content;
  return content.length > 1 && second >= 0x80 ? content.subarray(1) : null;
}

const bitLength = (number: Uint8Array): number => number.length * 8 - Math.clz32(number[0] ?? 0) + 24;

/** 1.2.840.113549.1.1.1, rsaEncryption (RFC 8017, appendix C). */
const RSA_OID = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);

function writeSpki(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const integer = (number: Uint8Array) => {
    const needsSign = (number[0] ?? 0) >= 0x80;
    return needsSign ? encodeDer(DER.integer, Uint8Array.of(0), number) : encodeDer(DER.integer, number);
  };
  const numbers = encodeDer(DER.sequence, integer(modulus), integer(exponent));
  const algorithm = encodeDer(DER.sequence, encodeDer(DER.oid, RSA_OID), encodeDer(DER.null));
  return encodeDer(DER.sequence, algorithm, encodeDer(DER.bitString, Uint8Array.of(0), numbers));
}

/** PEM with lines of 64 characters (RFC 7468). */
export function writePem(label: string, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
