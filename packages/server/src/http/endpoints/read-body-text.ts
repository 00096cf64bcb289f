import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { EndpointRequest } from '../endpoint-request.ts';

/** Codes and tokens are much shorter. */
const MAX_BYTES = 256;

/**
 * Returns a short text of the body, trimmed; null if it is absent or empty. Ignores the query, because URLs are
 * logged.
 *
 * @throws ValetkeyError `parameter_invalid`, `parameter_too_long`
 */
export function readBodyText({ body }: Pick<EndpointRequest, 'body'>, parameter: string): string | null {
  return readShortText(body, parameter);
}

/**
 * Returns one of these values as a short text, trimmed; null if it is absent or empty.
 *
 * @throws ValetkeyError `parameter_invalid`, `parameter_too_long`
 */
export function readShortText(values: RawParameters, parameter: string): string | null {
  const value = values[parameter] ?? '';
  if (typeof value !== 'string') throw new ValetkeyError('parameter_invalid', { parameter });
  if (Buffer.byteLength(value) > MAX_BYTES) {
    throw new ValetkeyError('parameter_too_long', { parameter, max_bytes: MAX_BYTES });
  }
  return value.trim() || null;
}
