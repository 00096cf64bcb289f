import { type Connection, readSiteRefusal, SiteRefusal } from '@valetkey/client';
import { describeIdentity, type KeyEntry } from '../keys/key-entry.ts';
import { type CurrentKey, findCurrentKey } from '../site/find-current-key.ts';
import { decideKey } from './decide-key.ts';
import { decideRequest, type RequestObservation } from './decide-request.ts';
import { type Finding, isHealthy } from './finding.ts';

/** A request to explain. */
export interface RequestToTest {
  readonly method: string;
  readonly path: string;
}

/** Asks the site about a key, and about one request. Does not send requests that would change data. */
export async function examineKey(
  connection: Connection,
  entry: KeyEntry,
  asked: RequestToTest | null,
  { now, offered }: { readonly now: number; readonly offered: readonly string[] | null },
): Promise<readonly Finding[]> {
  const current = await findCurrentKey(connection);
  const person = await connection.whoami().then(
    ({ username }) => username,
    (error: unknown) => {
      if (error instanceof SiteRefusal) return error;
      throw error;
    },
  );
  const storedScopes = entry.scopes;
  const remaining = await readRemaining(connection, current);
  const findings = decideKey(
    { whose: describeIdentity(entry), current, person, storedScopes, remaining },
    now,
  );
  if (asked === null || !isHealthy(findings)) return findings;
  const scopes = current?.scopes ?? storedScopes;
  return [...findings, decideRequest({ ...asked, scopes, offered, outcome: await send(connection, asked) })];
}

/** How often the remaining uses are read: through a proxy with two nodes, one node responds at least twice. */
const READINGS = 3;

/** Returns the remaining uses of the day by consecutive requests. Does not use up a key that has few uses left. */
async function readRemaining(connection: Connection, current: CurrentKey | null): Promise<readonly number[]> {
  const first = current?.left ?? null;
  if (first === null || first.perMinute <= 2 * READINGS) return [];
  const readings = [first.perDay];
  while (readings.length < READINGS) {
    const next = (await findCurrentKey(connection))?.left;
    if (!next) return [];
    readings.push(next.perDay);
  }
  return readings;
}

async function send(
  { send }: Connection,
  { method, path }: RequestToTest,
): Promise<RequestObservation['outcome']> {
  if (method !== 'GET' && method !== 'HEAD') return 'not_sent';
  const answer = await send(path, { method, headers: { Accept: 'application/json' } });
  if (answer.status >= 400) return readSiteRefusal(answer);
  await answer.body?.cancel();
  return { status: answer.status };
}
