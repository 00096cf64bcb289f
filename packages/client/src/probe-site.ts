import { type ErrorDetails, type ProbeResult, readProbe, ValetkeyError } from '@valetkey/protocol';
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

/**
 * Builds the request that checks a site, to send with any HTTP client, which may follow redirects.
 *
 * @throws {ValetkeyError} `parameter_invalid`
 */
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
  if (!probe.isAvailable) throw unexpected(site, findReason(site, answer));
  if (probe.version < MIN_VERSION) throw new ValetkeyError('site_too_old', { site, version: probe.version });

  const { origin, pathname } = new URL(answer.url || site);
  if (site.startsWith('https:') && origin.startsWith('http:')) {
    throw unexpected(site, { reason: 'redirect_without_https', origin });
  }
  return {
    ...probe,
    site: pathname.endsWith(PATH) ? parseSite(origin + pathname.slice(0, -PATH.length)) : site,
  };
}

function unexpected(site: string, reason: ErrorDetails): ValetkeyError {
  return new ValetkeyError('site_answer_unexpected', { site, ...reason });
}

function findReason(site: string, { status, headers, type }: Response): ErrorDetails {
  if (status === 400 && site.startsWith('http:'))
    return { reason: 'https_expected', https_url: site.replace('http:', 'https:') };
  if (status === 401) return { reason: 'password_required' };
  if (headers.has('discourse-rate-limit-error-code')) return { reason: 'too_many_requests' };
  if (status === 403 || status === 429 || headers.has('cf-mitigated')) return { reason: 'bot_check' };
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return { reason: 'redirect' };
  if (status >= 500) return { reason: 'server_error', status };
  return { reason: 'no_user_api_keys' };
}
