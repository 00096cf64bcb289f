import { text } from 'node:stream/consumers';
import { createConnection } from '@valetkey/client';
import { parseKey } from '../keys/environment-key.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { findNamedSite } from '../login/find-named-site.ts';
import { createReport } from '../login/report.ts';
import { saveKey } from '../login/save-key.ts';
import { networkOptions } from '../network.ts';
import { findCurrentKey } from '../site/find-current-key.ts';

export interface ImportOptions {
  /** As `readSite` returns it. */
  readonly asked: string;
  /** Name of the identity; null for the user name. */
  readonly name: string | null;
  readonly isJson: boolean;
}

/**
 * Reads a key from standard input and stores it if the site accepts it.
 *
 * @throws SiteRefusal if the site rejects the key, or does not tell a key of these scopes that it is active
 * @throws CliError 2 if standard input does not contain a key
 */
export async function importKey({ asked, name, isJson }: ImportOptions, signal: AbortSignal): Promise<void> {
  if (process.stdin.isTTY) console.error('Paste the key, press Enter, then Ctrl-D:');
  const key = parseKey(await text(process.stdin), 'Standard input');
  const network = networkOptions(signal);
  const { site } = await findNamedSite(asked, network);
  const ring = openKeyRing(signal);
  const connection = createConnection({ site, key, ...network });
  // Discourse has no response about a key itself; then the user's data shows that the key works.
  const current = await findCurrentKey(connection);
  if (current === null) await connection.whoami();
  const { scopes, expiresAt } = current ?? { scopes: [], expiresAt: null };
  await saveKey(
    { site, key, clientId: null, name, username: null, scopes, expiresAt },
    { ring, network, profileFile: undefined, report: createReport(isJson), isNew: false },
  );
}
