import type { ResponseSnapshot } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

const PATH = '/user-api-key/new';

/** Where the site really lives, as far as the probe was led. */
export interface SiteUrlDecision {
  /** Null if it cannot be told, or must not be used. */
  readonly site: string | null;
  readonly findings: readonly Finding[];
}

/** Where the probe came out, after the redirects that it followed. */
export interface ProbeTrail {
  readonly asked: string;
  readonly last: ResponseSnapshot;
  /** It was led on too often. */
  readonly isLoop: boolean;
}

/** Whether the address that was asked for is the one to use. */
export function decideSiteUrl({ asked, last, isLoop }: ProbeTrail): SiteUrlDecision {
  if (isLoop)
    return { site: null, findings: [finding('redirects_in_circles', `${asked} redirects in a loop.`)] };
  const url = new URL(last.url);
  if (asked.startsWith('https:') && url.protocol === 'http:')
    return { site: null, findings: [finding('moved_to_plain_http', `${asked} redirects to ${url.origin}.`)] };
  const site = url.pathname.endsWith(PATH) ? url.origin + url.pathname.slice(0, -PATH.length) : null;
  if (site === null && url.origin !== new URL(asked).origin)
    return {
      site,
      findings: [finding('sign_in_wall', `${asked} redirects to ${url.origin}${url.pathname}.`)],
    };
  const moved = site !== null && site !== asked ? [finding('moved', `${asked} redirects to ${site}.`)] : [];
  const folder = site === null ? '/' : new URL(site).pathname;
  const inFolder = folder === '/' ? [] : [finding('in_subfolder', `The site is in the subfolder ${folder}.`)];
  return { site: site ?? asked, findings: [...moved, ...inFolder] };
}
