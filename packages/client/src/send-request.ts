import { ValetkeyError } from '@valetkey/protocol';
import { findNetworkReason } from './find-network-reason.ts';
import { joinSignals } from './join-signals.ts';

/** How requests go out. */
export interface FetchOptions {
  /** `globalThis.fetch` if left out. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How requests go out, and what goes with them. */
export interface HttpOptions extends FetchOptions {
  /**
   * Sent with every request to the site, and to nobody else, such as `Authorization` for a password that stands in front
   * of it. A redirect that leads on is not followed with them.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request that is built and not sent, for any HTTP client. Follow no redirect with it. */
export interface SiteRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends what was built. @throws {ValetkeyError} `site_unreachable`; the signal's own reason if the signal ended it */
export function sendBuilt({ url, ...init }: SiteRequest, options?: HttpOptions): Promise<Response> {
  return sendRequest(url, { ...init, redirect: 'manual' }, options);
}

/**
 * One fetch, without cookies. What fails below HTTP becomes one error that says what to do.
 *
 * @throws {ValetkeyError} `site_unreachable`; the signal's own reason if the signal ended it
 * @throws TypeError if there is no such request, such as a GET with a body
 */
export async function sendRequest(url: URL, init: RequestInit, options: HttpOptions = {}): Promise<Response> {
  const { fetch = globalThis.fetch } = options;
  const signal = joinSignals(init.signal, options.signal);
  // Runtimes quote a header that they refuse, and with it a password.
  if (Object.values(options.headers ?? {}).some((value) => /[^\t -\xff]/.test(value.trim())))
    throw new ValetkeyError('parameter_invalid', { parameter: 'headers' });
  const headers = new Headers(options.headers);
  new Headers(init.headers).forEach((value, name) => {
    headers.set(name, value);
  });
  // With cookies the answer would depend on who is signed in here; a key, or nobody, is to be judged alone.
  const request: RequestInit = { ...init, headers, credentials: 'omit', signal };
  if (options.headers) request.redirect = 'manual';
  checkRequest(url, request);
  try {
    return await fetch(url, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    const details = { site: url.origin, reason: await findNetworkReason(error) };
    // Another's error may quote what it was to send, the key among it.
    const cause = options.fetch ? {} : { cause: error };
    throw new ValetkeyError('site_unreachable', details, cause);
  }
}

/** A mistake of the program throws as itself: `fetch` would reject for it as for a network that is down. */
function checkRequest(url: URL, init: RequestInit): void {
  const body = isStream(init.body) ? new ReadableStream() : init.body;
  new Request(url, { ...init, body: body ?? null, signal: null });
}

/** Whether a body flows once: a stream, or what else Node takes for one. A runtime may know no streams at all. */
export const isStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);
