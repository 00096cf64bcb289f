import { byteLength } from '../crypto/byte-length.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { type KeyRequestParameters, parseKeyRequest, type RawParameters } from './key-request.ts';

/** Stricter than for browser requests, because the site stores device requests of anybody for ten minutes. */
const MAX_BYTES = { nonce: 256, public_key: 4096 };

/**
 * Parses a device authorization request (PROTOCOL.md#start-a-device-request) by the rules for key requests. `auth_redirect` is
 * ignored like every unknown parameter.
 *
 * @throws {ValetkeyError} `parameter_missing`, `parameter_invalid`, `parameter_too_long`, `padding_invalid`
 * @example parseDeviceRequest(await request.json()).clientId
 */
export function parseDeviceRequest(raw: RawParameters): KeyRequestParameters {
  const request = parseKeyRequest({ ...raw, auth_redirect: null });
  checkBytes('nonce', request.nonce);
  checkBytes('public_key', request.publicKey ?? '');
  return request;
}

function checkBytes(parameter: keyof typeof MAX_BYTES, text: string): void {
  const max_bytes = MAX_BYTES[parameter];
  if (byteLength(text) > max_bytes) throw new ValetkeyError('parameter_too_long', { parameter, max_bytes });
}
