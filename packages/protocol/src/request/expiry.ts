import { ValetkeyError } from '../errors/valetkey-error.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * Parses `expires_in_seconds` (PROTOCOL.md#authorize-parameters): at most ten decimal digits, above zero, and at most the site's
 * `max_user_api_key_expiry_days`.
 *
 * @param limits `maxDays` in days
 * @returns seconds, or null for a key that does not expire
 * @throws {ValetkeyError} `expiry_invalid`, `expiry_too_long`
 * @example parseExpiry('86400', { maxDays: 365 }) // 86400
 */
export function parseExpiry(text: string | null, limits: { readonly maxDays: number }): number | null {
  if (text === null) return null;
  const seconds = /^[0-9]{1,10}$/.test(text) ? Number(text) : 0;
  if (seconds === 0) throw new ValetkeyError('expiry_invalid');
  if (seconds > limits.maxDays * SECONDS_PER_DAY) {
    throw new ValetkeyError('expiry_too_long', { max_days: limits.maxDays });
  }
  return seconds;
}
