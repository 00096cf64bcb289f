import { byteLength } from '../crypto/byte-length.ts';
import { ValetkeyError } from '../errors/valetkey-error.ts';
import { parseScopeList } from './scope-list.ts';
import { CONTROLS_AND_SPOOFING, isVisibleName } from './visible-name.ts';

/** Untrusted parameters from a query, form or JSON body. */
export type RawParameters = Readonly<Record<string, unknown>>;

/** How the payload is encrypted: RSAES-PKCS1-v1_5 or RSAES-OAEP with SHA-1 (RFC 8017). */
export type Padding = 'pkcs1' | 'oaep';

/** A key request, checked for form only. Whether the site grants it is decided elsewhere. */
export interface KeyRequestParameters {
  readonly clientId: string;
  readonly nonce: string;
  readonly scopes: readonly string[];
  /** The scopes that the user may refuse; the others are granted together or not at all. */
  readonly optionalScopes: readonly string[];
  readonly applicationName: string | null;
  readonly publicKey: string | null;
  readonly authRedirect: string | null;
  readonly pushUrl: string | null;
  readonly padding: Padding | null;
  /** Not validated yet: see parseExpiry. */
  readonly expiresInSeconds: string | null;
}

const MAX_SCOPES = 20;

/** The client compares the nonce; PEM ends in a line break, and the consent page repeats the key as it was sent. */
const UNTRIMMED: readonly string[] = ['nonce', 'public_key'];

// A lone surrogate has no UTF-8 form: the approved and the stored name would differ.
const CONTROLS = /[\p{Cc}\p{Cs}]/u;
/**
 * Parses the parameters of PROTOCOL.md#authorize-parameters. Unknown parameters are ignored; JSON numbers and booleans count as
 * their text; an empty or blank text counts as missing. White space around a value is trimmed, except around the nonce,
 * which the client compares, and the public key, whose reader ignores it. Lengths are in UTF-8 bytes, after trimming.
 *
 * @throws {ValetkeyError} `parameter_missing`, `parameter_invalid`, `parameter_too_long`, `padding_invalid`
 * @example parseKeyRequest({ client_id: 'a1', nonce: '7f', scopes: 'read', discourse_app: '1' }).scopes // ['read']
 */
export function parseKeyRequest(raw: RawParameters): KeyRequestParameters {
  const clientId = requireParameter(readText(raw, 'client_id', 200, CONTROLS_AND_SPOOFING), 'client_id');
  const nonce = requireParameter(readText(raw, 'nonce', 2000, CONTROLS), 'nonce');
  const scopes = readScopes(raw);
  return {
    clientId,
    nonce,
    scopes,
    optionalScopes: readOptionalScopes(raw, scopes),
    applicationName: readName(raw),
    publicKey: readText(raw, 'public_key', 16_384, null),
    authRedirect: readText(raw, 'auth_redirect', 2000, null),
    pushUrl: readText(raw, 'push_url', 2000, CONTROLS_AND_SPOOFING),
    padding: readPadding(raw),
    expiresInSeconds: readText(raw, 'expires_in_seconds', 2000, null),
  };
}

/**
 * Returns the value of a required parameter.
 *
 * @throws {ValetkeyError} `parameter_missing`
 */
export function requireParameter(value: string | null, parameter: string): string {
  if (value === null) throw new ValetkeyError('parameter_missing', { parameter });
  return value;
}

function readText(
  raw: RawParameters,
  parameter: string,
  maxBytes: number,
  forbidden: RegExp | null,
): string | null {
  const value = (Object.hasOwn(raw, parameter) ? raw[parameter] : null) ?? '';
  if (!['string', 'number', 'boolean'].includes(typeof value)) {
    throw new ValetkeyError('parameter_invalid', { parameter, reason: 'not_single_string' });
  }
  const sent = String(value);
  const trimmed = sent.trim();
  if (trimmed === '') return null;
  const text = UNTRIMMED.includes(parameter) ? sent : trimmed;
  if (byteLength(text) > maxBytes) {
    throw new ValetkeyError('parameter_too_long', { parameter, max_bytes: maxBytes });
  }
  if (forbidden?.test(text)) {
    throw new ValetkeyError('parameter_invalid', { parameter, reason: 'control_characters' });
  }
  return text;
}

function readName(raw: RawParameters): string | null {
  const parameter = 'application_name';
  const name = readText(raw, parameter, 200, CONTROLS_AND_SPOOFING);
  if (name === null || isVisibleName(name)) return name;
  throw new ValetkeyError('parameter_invalid', { parameter, reason: 'invisible_characters' });
}

function readScopes(raw: RawParameters): string[] {
  const scopes = parseScopeList(readText(raw, 'scopes', 500, CONTROLS) ?? '');
  if (scopes.length === 0) throw new ValetkeyError('parameter_missing', { parameter: 'scopes' });
  if (scopes.length > MAX_SCOPES) {
    throw new ValetkeyError('parameter_invalid', {
      parameter: 'scopes',
      reason: 'too_many_scopes',
      max_scopes: MAX_SCOPES,
    });
  }
  return scopes;
}

/** A name that is not requested is ignored, as the user cannot refuse it. */
function readOptionalScopes(raw: RawParameters, scopes: readonly string[]): string[] {
  const names = parseScopeList(readText(raw, 'optional_scopes', 500, CONTROLS) ?? '');
  return names.filter((name) => scopes.includes(name));
}

function readPadding(raw: RawParameters): Padding | null {
  const padding = readText(raw, 'padding', 2000, null);
  if (padding === null || padding === 'pkcs1' || padding === 'oaep') return padding;
  throw new ValetkeyError('padding_invalid');
}
