import type { ErrorDetails } from '@valetkey/protocol';

/** Half a key must be redacted: 16 or more hex digits. */
const HEX = /[0-9a-f]{16}/i;
/** Long and in mixed case: base64 of random bytes always matches, a slug never does. */
const BASE64 = /[a-z0-9+/_=-]{32,}/gi;
/** Longer than any word: a payload, or a part of one. */
export const SEALED = /[a-z0-9+/=]{64}/i;
/** The code that a user types to connect a device. */
const USER_CODE = /(?<![A-Z0-9])[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}(?![A-Z0-9])/;

/** Whether the text may contain a key, payload, token or code, or half of one. Slugs and ids never match. */
export function looksLikeSecret(text: string): boolean {
  if (HEX.test(text) || SEALED.test(text) || USER_CODE.test(text)) return true;
  return [...text.matchAll(BASE64)].some(([run]) => /[A-Z]/.test(run) && /[a-z]/.test(run));
}

/** Replaces every word of untrusted text (such as a `User-Agent`) that looks like a secret by `[redacted]`. */
export function redactText(text: string): string {
  if (!looksLikeSecret(text)) return text;
  const words = text.split(' ').map((word) => (looksLikeSecret(word) ? '[redacted]' : word));
  return words.join(' ');
}

/**
 * Redacts the details of a refusal. They repeat parts of the request; if somebody sends a key in the wrong parameter,
 * the response must not contain it.
 */
export function redactDetails(details: ErrorDetails): ErrorDetails {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, redactValue(value)]));
}

function redactValue<T>(value: T): T | string {
  if (Array.isArray(value)) return value.map(redactValue) as T;
  return typeof value === 'string' ? redactText(value) : value;
}
