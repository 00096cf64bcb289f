import { ValetkeyError } from '../errors/valetkey-error.ts';
import { findUrl } from '../redirect/find-url.ts';
import type { Padding } from './key-request.ts';

/** The parameters of a key request (PROTOCOL.md#authorize-parameters). */
export interface KeyRequestOptions {
  readonly clientId: string;
  readonly nonce: string;
  readonly scopes: readonly string[];
  /** Those of `scopes` that the user may refuse. */
  readonly optionalScopes?: readonly string[] | null;
  readonly applicationName?: string | null;
  /** PEM; it is percent-encoded here. */
  readonly publicKey?: string | null;
  readonly authRedirect?: string | null;
  readonly pushUrl?: string | null;
  readonly padding?: Padding | null;
  readonly expiresInSeconds?: number | string | null;
}

/**
 * Builds the URL at which a user approves a key. Keeps the site's subfolder and percent-encodes everything, so that
 * decoders which do not decode `+` cannot damage the PEM.
 *
 * @throws {ValetkeyError} `parameter_invalid` if the site is not an http(s) URL
 * @example buildKeyRequestUrl('https://x.org/forum', request).pathname // '/forum/user-api-key/new'
 */
export function buildKeyRequestUrl(site: string | URL, request: KeyRequestOptions): URL {
  const url = siteUrl(site);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/user-api-key/new`;
  url.hash = '';
  const parameters: Record<string, string | number | null | undefined> = {
    application_name: request.applicationName,
    client_id: request.clientId,
    scopes: request.scopes.join(','),
    optional_scopes: request.optionalScopes?.join(','),
    public_key: request.publicKey,
    nonce: request.nonce,
    auth_redirect: request.authRedirect,
    push_url: request.pushUrl,
    padding: request.padding,
    expires_in_seconds: request.expiresInSeconds,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  url.search = query.toString().replaceAll('+', '%20');
  return url;
}

function siteUrl(site: string | URL): URL {
  const url = findUrl(site);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new ValetkeyError('parameter_invalid', { parameter: 'site', reason: 'not_http_url' });
}
