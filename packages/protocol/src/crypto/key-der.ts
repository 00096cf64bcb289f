import { DER, type DerElement, encodeDer, readDerElements, readDerSequence } from './der.ts';

/** The kind of key that a DER encoding contains. */
export type KeyDer =
  | { readonly kind: 'rsa-public'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  | { readonly kind: 'other-public'; readonly algorithm: string }
  | { readonly kind: 'private' }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'unknown' };

const RSA_OID = '2a864886f70d010101';

const OTHER_ALGORITHMS: Readonly<Record<string, string>> = {
  '2a8648ce3d0201': 'EC',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
  '2b656e': 'X25519',
  '2b656f': 'X448',
  '2a8648ce380401': 'DSA',
  '2a864886f70d010107': 'RSA for OAEP only',
  '2a864886f70d01010a': 'RSA for signatures only (PSS)',
};

/** AlgorithmIdentifier of rsaEncryption with its NULL parameters (RFC 3279 section 2.3.1). */
export const RSA_ALGORITHM = encodeDer(
  DER.sequence,
  encodeDer(
    DER.oid,
    Uint8Array.from(RSA_OID.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16)),
  ),
  encodeDer(DER.null),
);

/** Determines the kind of key from the DER structure. The PEM label is ignored. */
export function decideKeyDer(der: Uint8Array): KeyDer {
  const parts = readDerSequence(der);
  const shape = parts?.map(({ tag }) => SHAPE_LETTERS[tag] ?? '?').join('') ?? '';
  if (parts && shape === 'SB') return decideSpki(parts);
  if (parts && shape === 'II') return decideRsa(parts);
  // PKCS#8, encrypted PKCS#8, PKCS#12, PKCS#1 and DSA, SEC 1 (EC)
  if (/^(IS|SO$|IIIII|IO)/.test(shape)) return { kind: 'private' };
  return { kind: shape === 'SSB' ? 'certificate' : 'unknown' };
}

/** Encodes an RSA public key as SubjectPublicKeyInfo (RFC 5280 section 4.1). */
export function encodeRsaSpki(modulus: Uint8Array, exponent: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = encodeDer(DER.sequence, encodeDer(DER.integer, modulus), encodeDer(DER.integer, exponent));
  return encodeDer(DER.sequence, RSA_ALGORITHM, encodeDer(DER.bitString, Uint8Array.of(0), key));
}

const SHAPE_LETTERS: Readonly<Record<number, string>> = {
  [DER.integer]: 'I',
  [DER.sequence]: 'S',
  [DER.bitString]: 'B',
  [DER.octetString]: 'O',
};

function decideSpki(parts: readonly DerElement[]): KeyDer {
  const [algorithm, bits] = parts;
  const [oid, parameters, ...others] = (algorithm && readDerElements(algorithm.content)) ?? [];
  if (!bits || oid?.tag !== DER.oid) return { kind: 'unknown' };
  const name = Array.from(oid.content, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (name !== RSA_OID) return { kind: 'other-public', algorithm: OTHER_ALGORITHMS[name] ?? '' };
  const hasPlainParameters = !parameters || (parameters.tag === DER.null && parameters.content.length === 0);
  if (!hasPlainParameters || others.length > 0 || bits.content[0] !== 0) return { kind: 'unknown' };
  return decideRsa(readDerSequence(bits.content.subarray(1)));
}

function decideRsa(parts: readonly DerElement[] | null): KeyDer {
  const [modulus, exponent, ...others] = parts ?? [];
  if (!modulus || !exponent || others.length > 0) return { kind: 'unknown' };
  if (![modulus, exponent].every(isOddPositiveInteger)) return { kind: 'unknown' };
  // At most 32 bits, plus a fifth byte for the sign: the range that all libraries accept.
  const isSaneExponent =
    exponent.content.length <= (exponent.content[0] === 0 ? 5 : 4) && exponent.content.join() !== '1';
  if (!isSaneExponent) return { kind: 'unknown' };
  return { kind: 'rsa-public', modulus: modulus.content, exponent: exponent.content };
}

function isOddPositiveInteger({ tag, content }: DerElement): boolean {
  const [first = 0xff, second = 0] = content;
  const isMinimal = first > 0 || second >= 0x80;
  return tag === DER.integer && first < 0x80 && isMinimal && (content.at(-1) ?? 0) % 2 === 1;
}
