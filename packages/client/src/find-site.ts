import { ValetkeyError } from '@valetkey/protocol';
import { probeSite, type SiteProbe } from './probe-site.ts';
import type { HttpOptions } from './send-request.ts';
import { parseSite } from './site-url.ts';

const MAX_CANDIDATES = 8;
/** The server responded, but the path does not belong to a site with user API keys. */
const TRY_PARENT: readonly string[] = ['site_has_no_user_api_keys', 'site_answer_unexpected'];

/**
 * Finds the site that a URL belongs to, such as the URL of a topic copied from the browser. Probes the URL, then its
 * parent paths. Show the user which site was found.
 *
 * @throws {ValetkeyError} the error of the URL itself, as `probeSite` throws it, if no path is a site
 * @see PROTOCOL.md#capabilities
 * @example const { site } = await findSite('https://forum.example/t/welcome/12'); // 'https://forum.example'
 */
export async function findSite(url: string | URL, options?: HttpOptions): Promise<SiteProbe> {
  let first: unknown;
  for (const candidate of listSiteCandidates(url)) {
    try {
      return await probeSite(candidate, options);
    } catch (error) {
      first ??= error;
      if (!(error instanceof ValetkeyError) || !TRY_PARENT.includes(error.code)) break;
    }
  }
  throw first;
}

/**
 * Returns the URL and its parents, longest first; the origin is always the last.
 *
 * @throws {ValetkeyError} `parameter_invalid` unless it is an http(s) URL without user name and password
 * @example listSiteCandidates('https://x.example/t/12') // ['https://x.example/t/12', 'https://x.example/t', 'https://x.example']
 */
export function listSiteCandidates(url: string | URL): string[] {
  const asked = parseSite(url);
  const { origin, pathname } = new URL(asked);
  const segments = pathname.split('/').filter(Boolean);
  const folders = segments.map((_, index) => `${origin}/${segments.slice(0, index + 1).join('/')}`);
  // Sites are rarely deep: of a long path, the shortest parents count.
  return [...new Set([asked, ...folders.slice(0, MAX_CANDIDATES - 2).reverse(), origin])];
}
