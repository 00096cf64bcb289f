import { ValetkeyError } from '@valetkey/protocol';
import { findNetworkReason } from './network-reason.ts';

/** How requests go out. */
export interface FetchOptions {
  /** `globalThis.fetch` if left out. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One fetch, without cookies. What fails below HTTP becomes one error that says what to do.
 *
 * @throws {ValetkeyError} `site_unreachable`; the signal's own reason if the signal ended it
 */
export async function sendRequest(
  url: URL,
  init: RequestInit,
  options: FetchOptions = {},
): Promise<Response> {
  const { fetch = globalThis.fetch } = options;
  const signal = init.signal ?? options.signal ?? null;
  try {
    // With cookies the answer would depend on who is signed in here; a key, or nobody, is to be judged alone.
    return await fetch(url, { ...init, credentials: 'omit', signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ValetkeyError('site_unreachable', { site: url.origin, reason: findNetworkReason(error) });
  }
}
