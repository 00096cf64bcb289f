/** Half a key is long enough: digits in base 16, sixteen or more. */
const HEX = /[0-9a-f]{16}/i;
/** Long, and of both cases, as base64 of random bytes always is and the slug of a title never. */
const BASE64 = /[a-z0-9+/_=-]{32,}/gi;
/** Longer than any word: a payload, or a part of one. */
export const SEALED = /[a-z0-9+/=]{64}/i;
/** What a person types from one screen into another. */
const USER_CODE = /(?<![A-Z0-9])[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}(?![A-Z0-9])/;

/** Whether a key, a payload, a token or a code may stand in this text, or half of one. A slug never does, nor an id. */
export function looksLikeSecret(text: string): boolean {
  if (HEX.test(text) || SEALED.test(text) || USER_CODE.test(text)) return true;
  return [...text.matchAll(BASE64)].some(([run]) => /[A-Z]/.test(run) && /[a-z]/.test(run));
}
