/**
 * Removes RSAES-PKCS1-v1_5 padding from a decrypted block (RFC 8017 section 7.2.2). Constant time: processes every
 * byte without branching on its value, so the time does not tell where a forged block is wrong.
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
  // At least eight bytes of padding, so the message starts at 11 or later. Also covers "no zero found".
  isBad |= (messageStart - 11) >>> 31;
  const message = block.subarray(messageStart);
  return isBad === 0 ? message : null;
}
