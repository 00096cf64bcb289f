import { type FetchOptions, precheckRedirect, precheckRequest } from '@valetkey/client';
import { chooseLoginMethod } from '../login/choose-login-method.ts';
import { isContainer } from '../login/is-container.ts';
import type { Network } from '../network.ts';
import { findOfferedScopes } from '../site/find-offered-scopes.ts';
import { buildPrecheckUrl } from '../site/precheck-url.ts';
import { createSafeFetch, type SafeFetch, takeSnapshot } from '../site/response-snapshot.ts';
import { decideCors } from './decide-cors.ts';
import { decideFeature } from './decide-feature.ts';
import { decideHost } from './decide-host.ts';
import { decideLoginRequired, detectInterstitial } from './decide-interstitial.ts';
import { decidePadding, decideRedirect, decideScopes } from './decide-key-request.ts';
import { decideLogin, LOGIN_REDIRECT } from './decide-login.ts';
import { decideSiteUrl, type ProbeTrail } from './decide-site-url.ts';
import { type Finding, finding, isHealthy } from './finding.ts';
import { observeHost } from './observe-host.ts';

/** What to look at from outside. */
export interface ExaminationOptions {
  readonly asked: string;
  /** Of a web page that wants to use the site. */
  readonly origin: string | undefined;
  /** Where an app wants its keys sent. */
  readonly redirect: string | undefined;
}

/** What was found, and where the site lives, if that far was come. */
export interface SiteExamination {
  readonly site: string | null;
  readonly findings: readonly Finding[];
}

const JSON_ONLY = { headers: { Accept: 'application/json' } };
const MAX_REDIRECTS = 5;

/** Looks at a site from outside, without a key, a cookie, or anything that it would remember. */
export async function examineSite(
  { asked, origin, redirect }: ExaminationOptions,
  network: Network,
  signal: AbortSignal,
): Promise<SiteExamination> {
  const safeFetch = createSafeFetch(network.fetch, signal);
  const hostFindings = decideHost(await observeHost(new URL(asked), signal));
  if (!isHealthy(hostFindings)) return { site: null, findings: hostFindings };

  const trail = await followProbe(asked, safeFetch).catch(() => null);
  signal.throwIfAborted();
  if (!trail)
    return {
      site: null,
      findings: [
        ...hostFindings,
        finding('no_answer', `${asked} accepts the connection but sends no response.`),
      ],
    };
  const { site, findings: address } = decideSiteUrl(trail);
  if (site === null) return { site, findings: [...hostFindings, ...address] };

  const info = await safeFetch(new URL(`${site}/site/basic-info.json`), JSON_ONLY);
  const interstitial = detectInterstitial([trail.last, info]);
  const proxyFinding =
    interstitial ?? finding('nothing_in_front', 'No bot check, password prompt or sign-in proxy found.');
  const feature = interstitial ? [] : decideFeature(trail.last);
  const here = [...hostFindings, ...address, proxyFinding, ...decideLoginRequired(info), ...feature];
  if (!isHealthy(here)) return { site, findings: here };
  return {
    site,
    findings: [
      ...here,
      ...(await examineQuestions(site, { redirect, hasDeviceFlow: hasDeviceFlow(feature) }, network)),
      ...(origin === undefined ? [] : decideCors(origin, ...(await fetchAsPage(site, origin, safeFetch)))),
    ],
  };
}

/** Asks for the feature, and goes where it is led. */
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

/** Returns how the site responds to requests for a key that nobody approves. */
async function examineQuestions(
  site: string,
  { redirect, hasDeviceFlow }: { redirect: string | undefined; hasDeviceFlow: boolean },
  network: FetchOptions,
): Promise<Finding[]> {
  const url = buildPrecheckUrl(site, 'valetkey doctor');
  const offered = await findOfferedScopes({ url }, network);
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
  const verdict = await precheckRedirect(withParameter('auth_redirect', redirect), network);
  return [...findings, decideRedirect(redirect, verdict)];
}

/** What a browser asks for a page of `origin`, and a refusal that such a page would get. */
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
