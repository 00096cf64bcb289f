import { createHmac } from 'node:crypto';
import { randomToken } from '@valetkey/client';
import { type KeyEntry, labelOf } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';

/**
 * Chooses the client id of a login. A site keeps one key per user and client id. So each named identity has its own
 * id, otherwise two names of one user would replace each other. An identity keeps its id, otherwise a new login would
 * leave the earlier key behind. Each site receives a different id, so that two sites cannot link two accounts.
 */
export async function chooseClientId(
  ring: Pick<KeyRing, 'list' | 'installationSecret'>,
  site: string,
  name: string | null,
): Promise<string> {
  const isTheSame = name === null ? isUnnamed : isCalled(name);
  const earlier = ring.list().findLast((entry) => entry.site === site && isTheSame(entry));
  if (earlier?.clientId) return earlier.clientId;
  return name === null ? deriveClientId(await ring.installationSecret(), site) : randomToken();
}

const isUnnamed = (entry: KeyEntry): boolean => entry.name === null;
const isCalled =
  (name: string) =>
  (entry: KeyEntry): boolean =>
    labelOf(entry) === name;

/** Same length as a random id. */
const deriveClientId = (secret: string, site: string): string =>
  createHmac('sha256', secret).update(site).digest('hex').slice(0, 32);
