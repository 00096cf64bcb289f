/** Thirty-two signs that nobody confuses on a screen: no I, O, 0 or 1. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** A code to type, such as `WXYZ-2345`: 40 bits, each sign as likely as any other. */
export function createUserCode(randomBytes: (count: number) => Uint8Array): string {
  const code = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/**
 * A code as people type or paste it, in its one normal form: any letter case, dashes and blanks anywhere, full-width
 * letters too. Null for what can be no code.
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
