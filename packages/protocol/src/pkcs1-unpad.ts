/**
 * Takes PKCS#1 v1.5 padding off a decrypted block: `00 02`, eight or more bytes that are not zero, `00`, message.
 * Looks at every byte whatever it finds, without branches on what it holds, so that the time tells nothing about
 * where a broken padding broke (RFC 8017, section 7.2.2).
 *
 * @returns the message, or null if the padding is broken
 */
export function unpadPkcs1(block: Uint8Array): Uint8Array | null {
  let isBroken = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2);
  let isFound = 0;
  let separator = 0;
  for (let index = 2; index < block.length; index += 1) {
    const isZero = isZeroByte(block[index] as number);
    separator |= index & -(isZero & (1 - isFound));
    isFound |= isZero;
  }
  // Fewer than eight bytes of padding: the separator lies before the eleventh byte.
  isBroken |= 1 - isFound;
  isBroken |= (separator - 10) >>> 31;
  return isBroken === 0 ? block.slice(separator + 1) : null;
}

/** 1 for zero, 0 for every other byte, without a branch. */
const isZeroByte = (byte: number): number => ((byte - 1) >>> 8) & 1;
