import { decodeBase64 } from './base64.ts';
import { ValetkeyError } from './valetkey-error.ts';

/** RSA of 512 to 8192 bits: sizes from which a payload can come. */
const isCiphertextLength = (length: number): boolean => length >= 64 && length <= 1024;

/**
 * The ciphertext in whatever a person pastes or a redirect brings: base64 with line breaks or `%0A`, blanks for `+`,
 * the url-safe alphabet, or the whole redirect address.
 *
 * @throws ValetkeyError `sealed_payload_unreadable`
 */
export function parseSealedPayload(text: string): Uint8Array {
  const value = percentDecoded(/[?&#]payload=([^&#]*)/.exec(text)?.[1] ?? text).trim();
  const readings = [value.replace(/[\t\r\n]+/g, '').replaceAll(' ', '+'), value.replace(/\s+/g, '')];
  const lengths = readings.map(decodeBase64).filter((bytes) => bytes && isCiphertextLength(bytes.length));
  // A blank was a `+` or a line break; moduli are multiples of 32 bytes in practice, so the round length is right.
  const ciphertext = lengths.find((bytes) => bytes && bytes.length % 32 === 0) ?? lengths[0];
  if (!ciphertext) throw new ValetkeyError('sealed_payload_unreadable');
  return ciphertext;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
