import { type FetchOptions, precheckRedirect, precheckRequest } from '@valetkey/client';
import type { Network } from '../network.ts';
import { findOfferedScopes } from '../site/find-offered-scopes.ts';
import { createLook, glimpse, type Look } from '../site/glimpse.ts';
import { buildQuestionUrl } from '../site/question-url.ts';
import { decideAddress, type ProbeTrail } from './decide-address.ts';
import { decidePadding, decideRedirect, decideScopes } from './decide-ask.ts';
import { decideCors } from './decide-cors.ts';
import { decideFeature } from './decide-feature.ts';
import { decideLoginRequired, findWall } from './decide-front.ts';
import { decideHost } from './decide-host.ts';
import { type Finding, finding, isHealthy } from './finding.ts';
import { observeHost } from './observe-host.ts';

/** What to look at from outside. */
export interface Examination {
  readonly asked: string;
  /** Of a web page that wants to use the site. */
  readonly origin: string | undefined;
  /** Where an app wants its keys sent. */
  readonly redirect: string | undefined;
}

/** What was found, and where the site lives, if that far was come. */
export interface Examined {
  readonly site: string | null;
  readonly findings: readonly Finding[];
}

const JSON_ONLY = { headers: { Accept: 'application/json' } };
const MAX_REDIRECTS = 5;

/** Looks at a site from outside, without a key, a cookie, or anything that it would remember. */
export async function examineSite(
  { asked, origin, redirect }: Examination,
  network: Network,
  signal: AbortSignal,
): Promise<Examined> {
  const look = createLook(network.fetch, signal);
  const way = decideHost(await observeHost(new URL(asked), signal));
  if (!isHealthy(way)) return { site: null, findings: way };

  const trail = await followProbe(asked, look).catch(() => null);
  signal.throwIfAborted();
  if (!trail)
    return {
      site: null,
      findings: [...way, finding('no_answer', `${asked} takes the question and does not answer.`)],
    };
  const { site, findings: address } = decideAddress(trail);
  if (site === null) return { site, findings: [...way, ...address] };

  const info = await look(new URL(`${site}/site/basic-info.json`), JSON_ONLY);
  const wall = findWall([trail.last, info]);
  const front = wall ?? finding('nothing_in_front', 'Nothing stands in front of the site.');
  const feature = wall ? [] : decideFeature(trail.last);
  const here = [...way, ...address, front, ...decideLoginRequired(info), ...feature];
  if (!isHealthy(here)) return { site, findings: here };
  return {
    site,
    findings: [
      ...here,
      ...(await examineQuestions(site, redirect, network)),
      ...(origin === undefined ? [] : decideCors(origin, ...(await askAsPage(site, origin, look)))),
    ],
  };
}

/** Asks for the feature, and goes where it is led. */
async function followProbe(asked: string, look: Look): Promise<ProbeTrail> {
  let url = new URL(`${asked}/user-api-key/new`);
  for (let hops = 0; ; hops += 1) {
    const last = await look(url, { method: 'HEAD' });
    const location = last.status >= 300 && last.status < 400 ? last.headers.get('location') : null;
    if (location === null || !URL.canParse(location, url.href)) return { asked, last, isEndless: false };
    if (hops === MAX_REDIRECTS) return { asked, last, isEndless: true };
    url = new URL(location, url);
  }
}

/** What the site makes of requests for a key that nobody will ever approve. */
async function examineQuestions(
  site: string,
  redirect: string | undefined,
  network: FetchOptions,
): Promise<Finding[]> {
  const url = buildQuestionUrl(site, 'valetkey doctor');
  const offered = await findOfferedScopes({ url }, network);
  url.searchParams.set('scopes', offered?.[0] ?? 'read');
  const withParameter = (name: string, value: string) => {
    const changed = new URL(url);
    changed.searchParams.set(name, value);
    return { url: changed };
  };
  const answer = await precheckRequest(withParameter('padding', 'none-such'), network);
  const padding = decidePadding(await glimpse(answer, url), offered !== null);
  const findings = [padding, decideScopes(offered)];
  if (redirect === undefined) return findings;
  const verdict = await precheckRedirect(withParameter('auth_redirect', redirect), network);
  return [...findings, decideRedirect(redirect, verdict)];
}

/** What a browser asks for a page of `origin`, and a refusal that such a page would get. */
async function askAsPage(site: string, origin: string, look: Look) {
  const url = new URL(`${site}/session/current.json`);
  const preflight = await look(url, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,user-api-client-id,user-api-key',
    },
  });
  const refusal = await look(url, { headers: { ...JSON_ONLY.headers, Origin: origin } });
  return [preflight, refusal] as const;
}
