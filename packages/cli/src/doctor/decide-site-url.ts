import type { ResponseSnapshot } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

const PATH = '/user-api-key/new';

/** The URL of the site after redirects. */
export interface SiteUrlDecision {
  /** Null if it is unknown or must not be used. */
  readonly site: string | null;
  readonly findings: readonly Finding[];
}

/** The last response to the probe, after redirects. */
export interface ProbeTrail {
  readonly asked: string;
  readonly last: ResponseSnapshot;
  /** There were too many redirects. */
  readonly isLoop: boolean;
}

/** Decides whether the URL that the user typed is the URL of the site. */
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
