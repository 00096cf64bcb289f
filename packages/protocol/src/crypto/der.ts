/** The ASN.1 tags used in keys (X.690). */
export const DER = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
} as const;

/** One DER element; `content` is a view, not a copy. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Returns the total length that the header declares, including the header; null if it is not minimal DER. */
export function declaredDerLength(bytes: Uint8Array): number | null {
  const header = readHeader(bytes);
  return header && header.start + header.length;
}

/** Splits concatenated DER elements; null unless every byte belongs to one of them. */
export function readDerElements(bytes: Uint8Array): DerElement[] | null {
  const elements: DerElement[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const header = readHeader(rest);
    const end = header ? header.start + header.length : Number.POSITIVE_INFINITY;
    if (!header || end > rest.length) return null;
    elements.push({ tag: header.tag, content: rest.subarray(header.start, end) });
    rest = rest.subarray(end);
  }
  return elements;
}

/** Returns the parts of a SEQUENCE that fills all bytes; null for anything else. */
export function readDerSequence(bytes: Uint8Array): DerElement[] | null {
  const [only, ...others] = readDerElements(bytes) ?? [];
  return only?.tag === DER.sequence && others.length === 0 ? readDerElements(only.content) : null;
}

/** Encodes one element from its tag and the pieces of its content. */
export function encodeDer(tag: number, ...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const lengthBytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) lengthBytes.unshift(left % 256);
  const header = length < 128 ? [tag, length] : [tag, 0x80 | lengthBytes.length, ...lengthBytes];
  const encoded = new Uint8Array(header.length + length);
  encoded.set(header);
  let offset = header.length;
  for (const piece of pieces) {
    encoded.set(piece, offset);
    offset += piece.length;
  }
  return encoded;
}

/** Accepts definite, minimal lengths of at most 65,535 bytes and single-byte tags. Keys need nothing else. */
function readHeader(bytes: Uint8Array): { tag: number; start: number; length: number } | null {
  const [tag, first, second = 0, third = 0] = bytes;
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return { tag, start: 2, length: first };
  if (first === 0x81 && bytes.length >= 3 && second >= 0x80) return { tag, start: 3, length: second };
  if (first === 0x82 && bytes.length >= 4 && second > 0)
    return { tag, start: 4, length: second * 256 + third };
  return null;
}
