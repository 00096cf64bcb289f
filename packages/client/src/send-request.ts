import { ValetkeyError } from '@valetkey/protocol';
import { findNetworkReason } from './find-network-reason.ts';
import { joinSignals } from './join-signals.ts';

/** How requests are sent. */
export interface FetchOptions {
  /** @default `globalThis.fetch` */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How requests are sent, with additional headers. */
export interface HttpOptions extends FetchOptions {
  /**
   * Sent with every request to the site, and to no other host: for example `Authorization` for a password in front of
   * the site. Redirects are not followed with these headers.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request to send with any HTTP client. Do not follow redirects with it, except for `buildProbe`. */
export interface SiteRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a built request. @throws {ValetkeyError} `site_unreachable`; the signal's own reason if it aborts */
export function sendBuilt({ url, ...init }: SiteRequest, options?: HttpOptions): Promise<Response> {
  return sendRequest(url, { ...init, redirect: 'manual' }, options);
}

/**
 * Sends one request without cookies. Network errors become one error with advice.
 *
 * @throws TypeError for an invalid request, such as a GET with a body
 */
export async function sendRequest(url: URL, init: RequestInit, options: HttpOptions = {}): Promise<Response> {
  const { fetch = globalThis.fetch } = options;
  const signal = joinSignals(init.signal, options.signal);
  // Runtimes quote a rejected header in their error message, including a password.
  if (Object.values(options.headers ?? {}).some((value) => /[^\t -\xff]/.test(value.trim())))
    throw new ValetkeyError('parameter_invalid', { parameter: 'headers' });
  const headers = new Headers(options.headers);
  new Headers(init.headers).forEach((value, name) => {
    headers.set(name, value);
  });
  // With cookies the response would depend on the browser session. Only the key must count.
  const request: RequestInit = { ...init, headers, credentials: 'omit', signal };
  if (options.headers) request.redirect = 'manual';
  checkRequest(url, request);
  try {
    return await fetch(url, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    const { details, reasons } = await findNetworkReason(error, url);
    // The error of a custom fetch may quote the request, including the key.
    const cause = options.fetch ? {} : { cause: error };
    throw new ValetkeyError('site_unreachable', { site: url.origin, ...details }, { ...cause, reasons });
  }
}

/** Throws programming errors as they are. `fetch` rejects for them as for a network failure. */
function checkRequest(url: URL, init: RequestInit): void {
  const body = isStream(init.body) ? new ReadableStream() : init.body;
  new Request(url, { ...init, body: body ?? null, signal: null });
}

/**
 * Whether a body can be read only once: a stream, or an async iterable in Node. The runtime may not support streams
 * at all.
 */
export const isStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);
