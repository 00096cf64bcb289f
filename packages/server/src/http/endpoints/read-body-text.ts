import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import type { EndpointRequest } from '../endpoint-request.ts';

/** Codes and tokens are much shorter; blanks around a pasted one are not counted as an attack. */
const MAX_BYTES = 256;

/**
 * A short text of the body; null where it is absent or empty. What stands in the address is not looked at: addresses are
 * logged and passed on.
 *
 * @throws ValetkeyError `parameter_invalid`, `parameter_too_long`
 */
export function readBodyText({ body }: Pick<EndpointRequest, 'body'>, parameter: string): string | null {
  return readShortText(body, parameter);
}

/** @throws ValetkeyError `parameter_invalid`, `parameter_too_long` */
export function readShortText(values: RawParameters, parameter: string): string | null {
  const value = values[parameter] ?? '';
  if (typeof value !== 'string') throw new ValetkeyError('parameter_invalid', { parameter });
  if (Buffer.byteLength(value) > MAX_BYTES) {
    throw new ValetkeyError('parameter_too_long', { parameter, max_bytes: MAX_BYTES });
  }
  return value.trim() === '' ? null : value;
}
