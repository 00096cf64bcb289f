import { type ProbeResult, readProbe, ValetkeyError } from '@valetkey/protocol';
import { siteAddress } from './site-address.ts';

/** Below it, sites answer in ways that cannot be relied on (PROTOCOL.md section 1). */
const MIN_VERSION = 2;

/** Where requests go; `globalThis.fetch` unless another is given. */
export interface FetchOptions {
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks a site whether it hands out user API keys. Nothing is sent but the question.
 *
 * @param site such as `https://forum.example` or `https://example.org/forum`
 * @throws ValetkeyError `site_unreachable`, `site_has_no_user_api_keys`, `site_too_old`
 * @see PROTOCOL.md section 1
 */
export async function probeSite(site: string | URL, options: FetchOptions = {}): Promise<ProbeResult> {
  const { fetch = globalThis.fetch, signal } = options;
  const url = siteAddress(site, '/user-api-key/new');
  const request = { method: 'HEAD', redirect: 'follow', ...(signal && { signal }) } as const;
  const answer = await fetch(url, request).catch(() => {
    throw new ValetkeyError('site_unreachable', { site: url.origin });
  });
  const probe = readProbe(answer);
  if (!probe.isAvailable) throw new ValetkeyError('site_has_no_user_api_keys', { site: url.origin });
  if (probe.version < MIN_VERSION) {
    throw new ValetkeyError('site_too_old', { site: url.origin, version: probe.version });
  }
  return probe;
}
