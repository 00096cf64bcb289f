import { type Finding, finding } from './finding.ts';
import type { ProxyObservation } from './observe-proxy.ts';
import type { RawResponse } from './send-raw.ts';

/** One request and the reading after it. */
const USES_OF_A_PAIR = 2;

/** Decides what is wrong with the proxies between this computer and the service. */
export function decideProxy(observation: ProxyObservation): Finding[] {
  const { path, allowed } = observation;
  if (allowed.status >= 400)
    return [finding('proxy_path_refused', `GET ${path} with the key returns the status ${allowed.status}.`)];
  const problems = [
    ...decideSpoofing(observation),
    ...decideAmbiguity(observation),
    ...decideRefusals(observation),
    ...decideUses(observation),
    ...decideVerify(observation),
    ...decideTunnel(observation),
    ...decideTrace(observation),
  ];
  return problems.length > 0
    ? problems
    : [finding('proxy_right', 'Refusals arrive complete, and the proxy passes on no forged identity.')];
}

function decideSpoofing({ path, anonymous: [first, second], spoofed }: ProxyObservation): Finding[] {
  const isStable = first.text === second.text;
  const differs = (response: RawResponse) =>
    response.status !== first.status || (isStable && response.text !== first.text);
  return [...spoofed]
    .filter(([, response]) => differs(response))
    .map(([name]) =>
      finding('identity_forged', `GET ${path} without a key, but with ${name}, has another response.`),
    );
}

function decideAmbiguity({ ambiguous }: ProxyObservation): Finding[] {
  const passed = [...ambiguous].filter(([, { status }]) => status < 300).map(([path]) => path);
  return passed.length === 0
    ? []
    : [finding('ambiguous_path_passes', `The service answers ${passed.join(' and ')} with this key.`)];
}

/** A refusal of 429 takes the same way as one of 400 or 403, and needs no key at its limit. */
function decideRefusals({ ambiguous, unknownKey }: ProxyObservation): Finding[] {
  const [lost] = [...ambiguous].filter(([, { status }]) => status >= 500);
  if (lost)
    return [
      finding('refusal_lost', `${lost[0]} is refused with the status ${lost[1].status} instead of 400.`),
    ];
  const hasReason = unknownKey.status === 403 && /"code":"key_unknown"/.test(unknownKey.text);
  return hasReason
    ? []
    : [finding('refusal_lost', `An unknown key gets the status ${unknownKey.status} without the reason.`)];
}

function decideUses({ path, used }: ProxyObservation): Finding[] {
  // Other programs may use the key meanwhile: only twice the same is a finding.
  const isCountedTwice = used.every((uses) => uses !== null && uses > USES_OF_A_PAIR);
  return isCountedTwice
    ? [finding('use_counted_twice', `One GET ${path} takes more than one use of the key.`)]
    : [];
}

function decideVerify({ verify }: ProxyObservation): Finding[] {
  const isPublic = verify.some(
    ({ headers, text }) =>
      headers['x-valetkey-user'] !== undefined || /"code":"verify_misconfigured"/.test(text),
  );
  return isPublic ? [finding('verify_public', 'Clients reach /valetkey/verify through the proxy.')] : [];
}

function decideTunnel({ path, upgrade }: ProxyObservation): Finding[] {
  if (upgrade.status !== 101) return [];
  return [
    finding(
      'tunnel_opens',
      `GET ${path} with Upgrade: h2c opens a connection in which nothing verifies requests.`,
    ),
  ];
}

function decideTrace({ trace: { status, text } }: ProxyObservation): Finding[] {
  return status < 300 && /x-valetkey-/i.test(text)
    ? [finding('trace_passes', 'TRACE returns the headers that the service receives.')]
    : [];
}
