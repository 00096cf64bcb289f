import { createHmac } from 'node:crypto';
import { randomToken } from '@valetkey/client';
import { type KeyEntry, labelOf } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';

/**
 * The client id for a login. A site keeps one key for each person and client id, so a named identity has an id of its
 * own (else two names for one person would replace each other), and an identity keeps its id (else logging in again would
 * leave the earlier key behind). Each site is told another one, so that forums which compare notes cannot tell by it that
 * two accounts are one person's.
 */
export async function chooseClientId(
  ring: Pick<KeyRing, 'list' | 'installationSecret'>,
  site: string,
  name: string | null,
): Promise<string> {
  const isTheSame = name === null ? isUnnamed : isCalled(name);
  const earlier = ring.list().findLast((entry) => entry.site === site && isTheSame(entry));
  if (earlier) return earlier.clientId;
  return name === null ? deriveClientId(await ring.installationSecret(), site) : randomToken();
}

const isUnnamed = (entry: KeyEntry): boolean => entry.name === null;
const isCalled =
  (name: string) =>
  (entry: KeyEntry): boolean =>
    labelOf(entry) === name;

/** As long as a random one. */
const deriveClientId = (secret: string, site: string): string =>
  createHmac('sha256', secret).update(site).digest('hex').slice(0, 32);
