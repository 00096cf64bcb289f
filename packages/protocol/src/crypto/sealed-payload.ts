import { ValetkeyError } from '../errors/valetkey-error.ts';
import { decodeBase64 } from './base64.ts';
import { joinLines, restoreSpaces, undoEscapes } from './mangled-text.ts';

const MAX_TEXT_LENGTH = 65_536;
/** RSA of 512 to 16,384 bits. */
const MIN_BYTES = 64;
const MAX_BYTES = 2048;

/**
 * Parses an encrypted payload as users and clients pass it on: base64 on one or several lines, percent-encoded, with
 * spaces instead of `+`, in the URL-safe alphabet, as the whole redirect URL, as `payload=…`, or as the JSON response.
 *
 * @returns the ciphertext
 * @throws {ValetkeyError} `sealed_payload_unreadable`; `sealed_payload_truncated` if its length shows that a part is missing
 * @example parseSealedPayload('myapp://callback?payload=WSZkcx%2B…').length // 256
 */
export function parseSealedPayload(input: string): Uint8Array<ArrayBuffer> {
  const text = input.length <= MAX_TEXT_LENGTH ? unwrapPayload(input) : input;
  const [, parameter] = /(?:^|[?&#])payload=([^&#]*)/.exec(text) ?? [];
  const letters = text.length <= MAX_TEXT_LENGTH ? restoreLetters(parameter ?? text) : '';
  // The length of base64 is never one more than a multiple of four.
  if (letters.length > MIN_BYTES && letters.length % 4 === 1 && /^[A-Za-z0-9+/]*$/.test(letters))
    throw new ValetkeyError('sealed_payload_truncated', { bytes: Math.floor((letters.length * 3) / 4) });
  const bytes = decodeBase64(letters);
  if (!bytes || bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
    throw new ValetkeyError('sealed_payload_unreadable');
  }
  return bytes;
}

/** Returns the member of a JSON response, or the text without quotes. */
function unwrapPayload(text: string): string {
  const trimmed = text.trim();
  if (!/^["{]/.test(trimmed)) return /^payload=/.test(trimmed) ? trimmed : text;
  try {
    const value = JSON.parse(trimmed);
    const inner = typeof value === 'string' ? value : (value.payload ?? value.redirect_url);
    return typeof inner === 'string' ? inner : text;
  } catch {
    return text;
  }
}

/** Key sizes are multiples of 512 bits. This gives the required length, and the remaining spaces were line breaks. */
function restoreLetters(text: string): string {
  const letters = undoEscapes(text).replaceAll('-', '+').replaceAll('_', '/');
  // Unlike a key, a ciphertext may start with + and, without padding, end with it. Spaces there may also be +.
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

/** Yields all of these spaces as `+`, then one less, down to none. */
function possiblePluses(spaces = ''): string[] {
  return Array.from({ length: spaces.length + 1 }, (_, index) => '+'.repeat(spaces.length - index));
}

function restoreBlocks(text: string): string | null {
  const knownLetters = joinLines(text).replaceAll(' ', '').length;
  const blocks = Math.ceil(Math.floor((knownLetters * 3) / 4) / MIN_BYTES);
  return restoreSpaces(text, Math.ceil((blocks * MIN_BYTES * 4) / 3));
}
