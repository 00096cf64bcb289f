import { createConnection, ValetkeyError } from '@valetkey/client';
import { isEnvironmentKey } from '../keys/environment-key.ts';
import { labelOf } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { pickEntry } from '../keys/pick-entry.ts';
import { networkOptions } from '../network.ts';
import { findCurrentKey } from '../site/find-current-key.ts';
import { decideProxy } from './decide-proxy.ts';
import { examineKey, type RequestToTest } from './examine-key.ts';
import { type ExaminationOptions, examineSite } from './examine-site.ts';
import { type Finding, finding, isHealthy } from './finding.ts';
import { observeProxy } from './observe-proxy.ts';
import { createSendRaw } from './send-raw.ts';

/** The options of `valetkey doctor`. */
export interface DoctorRequest extends ExaminationOptions {
  /** The identity; undefined if not specified. */
  readonly name: string | undefined;
  /** A request to explain; null for none. */
  readonly request: RequestToTest | null;
  /** Whether the proxies in front of the service are examined, with the path of `request`. */
  readonly isThroughProxy: boolean;
}

/** The dependencies of a diagnosis. */
export interface DoctorContext {
  readonly ring: KeyRing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** All findings about a site. */
export interface Diagnosis {
  readonly site: string;
  readonly findings: readonly Finding[];
}

/** Examines a site from outside, then with the stored key if the site itself responds. @throws CliError 2, 4, 5 */
export async function diagnose(question: DoctorRequest, context: DoctorContext): Promise<Diagnosis> {
  const { site, findings, offered } = await examineSite(question, networkOptions(context.signal), context);
  if (site === null || findings.some(({ code }) => BLOCKING_FINDINGS.includes(code)))
    return { site: site ?? question.asked, findings };
  return { site, findings: [...findings, ...(await examineOwnKey({ site, offered }, question, context))] };
}

/** After these, no response is from the site itself. A site that issues no keys may still accept existing ones. */
const BLOCKING_FINDINGS: readonly string[] = [
  'bot_wall',
  'password_wall',
  'sign_in_wall',
  'site_fails',
  'address_limited',
  'feature_unclear',
];

async function examineOwnKey(
  { site, offered }: { readonly site: string; readonly offered: readonly string[] | null },
  { name, request, isThroughProxy }: DoctorRequest,
  { ring, now, signal }: DoctorContext,
): Promise<readonly Finding[]> {
  const entries = ring.list().filter((entry) => entry.site === site);
  const isAsked = name !== undefined || request !== null;
  if (entries.length === 0 && !isAsked) return [];
  if (entries.length > 1 && !isAsked && !entries.some(isEnvironmentKey))
    return [
      finding('key_unclear', `You have several keys for this site: ${entries.map(labelOf).join(', ')}.`),
    ];
  const entry = pickEntry(entries, { site, name: name ?? null });
  const revealed = await ring.reveal(entry);
  const connection = createConnection({ ...revealed, ...networkOptions(signal) });
  const findings = await examineKey(connection, entry, request, { now: now(), offered }).catch(
    (error: unknown) => {
      if (error instanceof ValetkeyError) return [finding('request_fails', error.message)];
      throw error;
    },
  );
  if (!isThroughProxy || request === null || !isHealthy(findings)) return findings;
  const username = (await findCurrentKey(connection))?.username ?? '';
  const question = { path: request.path, key: revealed.key, username };
  const observation = await observeProxy(question, createSendRaw(site, signal));
  return [...findings, ...decideProxy(observation)];
}
