import { type ProbeResult, readProbe, ValetkeyError } from '@valetkey/protocol';
import { type HttpOptions, type SiteRequest, sendRequest } from './send-request.ts';
import { parseSite, resolveOnSite } from './site-url.ts';

/** What a site with user API keys supports. */
export interface SiteProbe extends ProbeResult {
  /** The final URL of the site, if the request was redirected. Use this one from here on. */
  readonly site: string;
}

const PATH = '/user-api-key/new';
/** Earlier versions do not behave reliably (PROTOCOL.md#capabilities). */
const MIN_VERSION = 2;

/**
 * Checks whether a site issues user API keys. Sends no other request.
 *
 * @param site such as `https://forum.example` or `https://example.org/forum`
 * @throws {ValetkeyError} `site_unreachable`, `site_has_no_user_api_keys`, `site_too_old`, `site_answer_unexpected`
 * @see PROTOCOL.md#capabilities
 * @example const { site, hasDeviceFlow } = await probeSite('https://forum.example');
 */
export async function probeSite(site: string | URL, options?: HttpOptions): Promise<SiteProbe> {
  return processProbeResponse(site, await probeRequest(site, options));
}

/** Builds the request for any HTTP client, which may follow redirects. @throws {ValetkeyError} `parameter_invalid` */
export function buildProbe(site: string | URL): SiteRequest {
  return { url: resolveOnSite(parseSite(site), PATH), method: 'HEAD', headers: {} };
}

/** Sends the request. @throws {ValetkeyError} `site_unreachable` */
export async function probeRequest(site: string | URL, options?: HttpOptions): Promise<Response> {
  const { url, ...init } = buildProbe(site);
  return sendRequest(url, init, options);
}

/**
 * Parses the response. @throws {ValetkeyError} `site_has_no_user_api_keys`, `site_too_old`, `site_answer_unexpected`
 */
export function processProbeResponse(asked: string | URL, answer: Response): SiteProbe {
  const site = parseSite(asked);
  const probe = readProbe(answer);
  if (answer.status === 404) throw new ValetkeyError('site_has_no_user_api_keys', { site });
  if (!probe.isAvailable) throw unexpected(site, reasonOf(site, answer));
  if (probe.version < MIN_VERSION) throw new ValetkeyError('site_too_old', { site, version: probe.version });

  const { origin, pathname } = new URL(answer.url || site);
  if (site.startsWith('https:') && origin.startsWith('http:')) {
    throw unexpected(site, `it redirects to ${origin}, where a key would be sent unencrypted`);
  }
  return {
    ...probe,
    site: pathname.endsWith(PATH) ? parseSite(origin + pathname.slice(0, -PATH.length)) : site,
  };
}

function unexpected(site: string, reason: string): ValetkeyError {
  return new ValetkeyError('site_answer_unexpected', { site, reason });
}

function reasonOf(site: string, { status, headers, type }: Response): string {
  if (status === 400 && site.startsWith('http:'))
    return `it may expect https: try ${site.replace('http:', 'https:')}`;
  if (status === 401) return 'it requires a password for every request';
  if (headers.has('discourse-rate-limit-error-code')) return 'it received too many requests; try again later';
  if (status === 403 || status === 429 || headers.has('cf-mitigated'))
    return 'a bot check blocks the request';
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return 'it redirects to another URL';
  if (status >= 500) return `it responds with status ${status}`;
  return 'the response is not from a site with user API keys';
}
