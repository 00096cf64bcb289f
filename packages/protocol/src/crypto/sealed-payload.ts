import { ValetkeyError } from '../errors/valetkey-error.ts';
import { decodeBase64 } from './base64.ts';
import { joinLines, restoreBlanks, undoEscapes } from './mangled-text.ts';

const MAX_TEXT_LENGTH = 65_536;
/** RSA of 512 to 16,384 bits. */
const MIN_BYTES = 64;
const MAX_BYTES = 2048;

/**
 * Reads a sealed payload as people and apps hand it over: base64 on one line or many, percent-encoded, with blanks where
 * `+` was, in the url-safe alphabet, or as the whole address that the site led to.
 *
 * @returns the ciphertext
 * @throws {ValetkeyError} `sealed_payload_unreadable`; `sealed_payload_truncated` where the letters alone show it
 * @example parseSealedPayload('myapp://callback?payload=WSZkcx%2B…').length // 256
 */
export function parseSealedPayload(text: string): Uint8Array<ArrayBuffer> {
  const [, parameter] = /[?&#]payload=([^&#]*)/.exec(text) ?? [];
  const letters = text.length <= MAX_TEXT_LENGTH ? restoreLetters(parameter ?? text) : '';
  // Base64 of any bytes never has one letter more than a multiple of four.
  if (letters.length > MIN_BYTES && letters.length % 4 === 1 && /^[A-Za-z0-9+/]*$/.test(letters))
    throw new ValetkeyError('sealed_payload_truncated', { bytes: Math.floor((letters.length * 3) / 4) });
  const bytes = decodeBase64(letters);
  if (!bytes || bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
    throw new ValetkeyError('sealed_payload_unreadable');
  }
  return bytes;
}

/** Keys come in steps of 512 bits, nearly always: so many letters there must be, and the rest of the blanks were breaks. */
function restoreLetters(text: string): string {
  const letters = undoEscapes(text).replaceAll('-', '+').replaceAll('_', '/');
  // Unlike a key, a ciphertext may begin with +, and end in it where there is no padding; so blanks there may be + too.
  const starts = possiblePluses(/^ {1,3}/.exec(text)?.[0]);
  const tail = letters.endsWith('=') ? '' : text.slice(-8).replace(/[\r\n]/g, '');
  const ends = possiblePluses(/ {1,3}$/.exec(tail)?.[0]);
  for (const start of starts) {
    for (const end of ends) {
      const restored = restoreBlocks(start + letters + end);
      if (restored !== null) return restored;
    }
  }
  return joinLines(letters).replaceAll(' ', '+');
}

/** All of these blanks as `+`, then one less, down to none. */
function possiblePluses(blanks = ''): string[] {
  return Array.from({ length: blanks.length + 1 }, (_, index) => '+'.repeat(blanks.length - index));
}

function restoreBlocks(text: string): string | null {
  const knownLetters = joinLines(text).replaceAll(' ', '').length;
  const blocks = Math.ceil(Math.floor((knownLetters * 3) / 4) / MIN_BYTES);
  return restoreBlanks(text, Math.ceil((blocks * MIN_BYTES * 4) / 3));
}
