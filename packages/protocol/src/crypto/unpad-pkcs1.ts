/**
 * Takes RSAES-PKCS1-v1_5 padding off a decrypted block (RFC 8017 section 7.2.2). Looks at every byte whatever it finds,
 * without branching on them, so that the time taken does not tell where a forged block is wrong.
 *
 * @returns the message, or null if the padding is wrong
 */
export function unpadPkcs1(block: Uint8Array): Uint8Array | null {
  let isBad = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2);
  let messageStart = 0;
  let isSearching = 1;
  for (let index = 2; index < block.length; index += 1) {
    const isZero = (((block[index] ?? 0) - 1) >>> 31) & 1;
    messageStart |= -(isSearching & isZero) & (index + 1);
    isSearching &= isZero ^ 1;
  }
  // At least eight bytes of padding: the message starts at 11 at the earliest. Covers "no zero found" too.
  isBad |= (messageStart - 11) >>> 31;
  const message = block.subarray(messageStart);
  return isBad === 0 ? message : null;
}
