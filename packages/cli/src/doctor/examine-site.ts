import { type FetchOptions, listSiteCandidates, precheckRedirect, precheckRequest } from '@valetkey/client';
import { readProbe } from '@valetkey/protocol';
import { chooseLoginMethod } from '../login/choose-login-method.ts';
import { isContainer } from '../login/is-container.ts';
import type { Network } from '../network.ts';
import { findOfferedScopes } from '../site/find-offered-scopes.ts';
import { buildPrecheckUrl } from '../site/precheck-url.ts';
import { createSafeFetch, type SafeFetch, takeSnapshot } from '../site/response-snapshot.ts';
import { decideClock } from './decide-clock.ts';
import { decideCors } from './decide-cors.ts';
import { decideFeature } from './decide-feature.ts';
import { decideHost } from './decide-host.ts';
import { decideLoginRequired, detectInterstitial } from './decide-interstitial.ts';
import { decidePadding, decideRedirect, decideScopes } from './decide-key-request.ts';
import { decideLogin, LOGIN_REDIRECT } from './decide-login.ts';
import { askAsAgent, decideMcp } from './decide-mcp.ts';
import { decideOauth, oauthMetadataUrl } from './decide-oauth.ts';
import { decideSiteUrl, type ProbeTrail } from './decide-site-url.ts';
import { type Finding, finding, isHealthy } from './finding.ts';
import { observeHost } from './observe-host.ts';

/** The options of an examination from outside. */
export interface ExaminationOptions {
  readonly asked: string;
  /** Origin of a web page that uses the site. */
  readonly origin: string | undefined;
  /** Redirect of an app. */
  readonly redirect: string | undefined;
}

/** The findings, and the URL of the site if it was found. */
export interface SiteExamination {
  readonly site: string | null;
  readonly findings: readonly Finding[];
  /** The scopes that the site grants; null if it does not tell, or was not asked. */
  readonly offered: readonly string[] | null;
}

const JSON_ONLY = { headers: { Accept: 'application/json' } };
const MAX_REDIRECTS = 5;

/** Examines a site from outside: sends no key and no cookie, and changes no data. */
export async function examineSite(
  { asked, origin, redirect }: ExaminationOptions,
  network: Network,
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => number },
): Promise<SiteExamination> {
  const safeFetch = createSafeFetch(network.fetch, signal);
  const hostFindings = decideHost(await observeHost(new URL(asked), signal));
  if (!isHealthy(hostFindings)) return { site: null, findings: hostFindings, offered: null };

  const trail = await findProbe(asked, safeFetch).catch(() => null);
  signal.throwIfAborted();
  if (!trail)
    return {
      site: null,
      findings: [
        ...hostFindings,
        finding('no_answer', `${asked} accepts the connection but sends no response.`),
      ],
      offered: null,
    };
  const receivedAt = now();
  const { site, findings: address } = decideSiteUrl(trail);
  const page =
    trail.asked === asked ? [] : [finding('page_of_site', `${asked} is a page of ${trail.asked}.`)];
  if (site === null) return { site, findings: [...hostFindings, ...page, ...address], offered: null };

  const info = await safeFetch(new URL(`${site}/site/basic-info.json`), JSON_ONLY);
  const interstitial = detectInterstitial([trail.last, info]);
  const proxyFinding =
    interstitial ?? finding('nothing_in_front', 'No bot check, password prompt or sign-in proxy found.');
  const feature = interstitial ? [] : decideFeature(trail.last);
  const clock = interstitial ? [] : decideClock(trail.last.headers, receivedAt);
  const here = [
    ...hostFindings,
    ...page,
    ...address,
    ...clock,
    proxyFinding,
    ...decideLoginRequired(info),
    ...feature,
  ];
  if (!isHealthy(here)) return { site, findings: here, offered: null };
  const url = buildPrecheckUrl(site, 'valetkey doctor');
  const offered = await findOfferedScopes({ url }, network);
  const question = { url, offered, redirect, hasDeviceFlow: hasDeviceFlow(feature) };
  return {
    site,
    findings: [
      ...here,
      ...decideOauth(site, await safeFetch(oauthMetadataUrl(site), JSON_ONLY)),
      ...decideMcp(site, await askAsAgent(site, safeFetch)),
      ...(await examineQuestions(question, network)),
      ...(origin === undefined ? [] : decideCors(origin, ...(await fetchAsPage(site, origin, safeFetch)))),
    ],
    offered,
  };
}

/** Probes the URL, then its parents, as it may have been copied from the browser. Returns the first probe if none is a site. */
async function findProbe(asked: string, safeFetch: SafeFetch): Promise<ProbeTrail> {
  let first: ProbeTrail | null = null;
  for (const candidate of listSiteCandidates(asked)) {
    const trail = await followProbe(candidate, safeFetch);
    if (readProbe(trail.last).isAvailable) return trail;
    first ??= trail;
  }
  return first as ProbeTrail;
}

/** Probes one URL and follows redirects. */
async function followProbe(asked: string, safeFetch: SafeFetch): Promise<ProbeTrail> {
  let url = new URL(`${asked}/user-api-key/new`);
  for (let hops = 0; ; hops += 1) {
    const last = await safeFetch(url, { method: 'HEAD' });
    const location = last.status >= 300 && last.status < 400 ? last.headers.get('location') : null;
    if (location === null || !URL.canParse(location, url.href)) return { asked, last, isLoop: false };
    if (hops === MAX_REDIRECTS) return { asked, last, isLoop: true };
    url = new URL(location, url);
  }
}

const hasDeviceFlow = (findings: readonly Finding[]): boolean =>
  findings.some(({ code }) => code === 'device_flow_on');

interface Question {
  /** A request for a key. */
  readonly url: URL;
  readonly offered: readonly string[] | null;
  readonly redirect: string | undefined;
  readonly hasDeviceFlow: boolean;
}

/** Returns how the site responds to requests for a key that nobody approves. */
async function examineQuestions(
  { url, offered, redirect, hasDeviceFlow }: Question,
  network: FetchOptions,
): Promise<Finding[]> {
  url.searchParams.set('scopes', offered?.[0] ?? 'read');
  const withParameter = (name: string, value: string) => {
    const changed = new URL(url);
    changed.searchParams.set(name, value);
    return { url: changed };
  };
  const answer = await precheckRequest(withParameter('padding', 'none-such'), network);
  const padding = decidePadding(await takeSnapshot(answer, url), offered !== null);
  const { env, platform } = process;
  const method = chooseLoginMethod({
    requested: null,
    hasDeviceFlow,
    env,
    platform,
    isContainer: isContainer(),
  });
  const loopback = await precheckRedirect(withParameter('auth_redirect', LOGIN_REDIRECT), network);
  const findings = [padding, decideScopes(offered), decideLogin(method, loopback)];
  if (redirect === undefined) return findings;
  const result = await precheckRedirect(withParameter('auth_redirect', redirect), network);
  return [...findings, decideRedirect(redirect, result)];
}

/** Sends a preflight as a browser does, and a request that is rejected. */
async function fetchAsPage(site: string, origin: string, safeFetch: SafeFetch) {
  const url = new URL(`${site}/session/current.json`);
  const preflight = await safeFetch(url, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,user-api-client-id,user-api-key',
    },
  });
  const refusal = await safeFetch(url, { headers: { ...JSON_ONLY.headers, Origin: origin } });
  return [preflight, refusal] as const;
}
