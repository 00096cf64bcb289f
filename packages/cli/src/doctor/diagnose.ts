import { createConnection, ValetkeyError } from '@valetkey/client';
import { labelOf } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { pickEntry } from '../keys/pick-entry.ts';
import { networkOptions } from '../network.ts';
import { type AskedRequest, examineKey } from './examine-key.ts';
import { type Examination, examineSite } from './examine-site.ts';
import { type Finding, finding } from './finding.ts';

/** What a person asked the doctor. */
export interface DoctorQuestion extends Examination {
  /** Which identity; undefined if there is no choice, or no wish. */
  readonly name: string | undefined;
  /** A request to explain; null for none. */
  readonly request: AskedRequest | null;
}

/** What the doctor works with. */
export interface Surgery {
  readonly ring: KeyRing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** All that was found out about a site. */
export interface Diagnosis {
  readonly site: string;
  readonly findings: readonly Finding[];
}

/** Examines a site from outside, then, if it answers itself, with the key that there is for it. @throws Failure 2, 4, 5 */
export async function diagnose(question: DoctorQuestion, surgery: Surgery): Promise<Diagnosis> {
  const { signal } = surgery;
  const { site, findings } = await examineSite(question, networkOptions(signal), signal);
  if (site === null || findings.some(({ code }) => SPOILS_KEYS.includes(code)))
    return { site: site ?? question.asked, findings };
  return { site, findings: [...findings, ...(await examineOwnKey(site, question, surgery))] };
}

/** With these no answer would be the site's own. A site that hands out no keys still knows those it gave. */
const SPOILS_KEYS: readonly string[] = [
  'bot_wall',
  'password_wall',
  'sign_in_wall',
  'site_fails',
  'address_limited',
  'feature_unclear',
];

async function examineOwnKey(
  site: string,
  { name, request }: DoctorQuestion,
  { ring, now, signal }: Surgery,
): Promise<readonly Finding[]> {
  const entries = ring.list().filter((entry) => entry.site === site);
  const isAsked = name !== undefined || request !== null;
  if (entries.length === 0 && !isAsked) return [];
  if (entries.length > 1 && !isAsked)
    return [finding('key_unclear', `You have several keys here: ${entries.map(labelOf).join(', ')}.`)];
  const entry = pickEntry(entries, { site, name: name ?? null });
  const connection = createConnection({ ...(await ring.reveal(entry)), ...networkOptions(signal) });
  return examineKey(connection, entry, request, now()).catch((error: unknown) => {
    if (error instanceof ValetkeyError) return [finding('request_fails', error.message)];
    throw error;
  });
}
