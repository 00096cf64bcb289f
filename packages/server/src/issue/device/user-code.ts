/** 32 characters that are hard to confuse: without I, O, 0 and 1. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** Returns a code that users type, such as `WXYZ-2345`: 40 random bits. */
export function createUserCode(randomBytes: (count: number) => Uint8Array): string {
  const code = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/**
 * Normalizes a code that a user entered: any letter case, dashes and spaces anywhere, full-width letters too. Returns
 * null if it cannot be a code.
 *
 * @example parseUserCode(' wxyz2345 ') // 'WXYZ2345'
 */
export function parseUserCode(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase();
  return /^[A-HJ-NP-Z2-9]{8}$/.test(code) ? code : null;
}
