import { parseArgs } from 'node:util';
import { createConnection, SiteRefusal } from '@valetkey/client';
import { forgetKey, getKey } from '../key-file.ts';
import { printable } from '../printable.ts';
import { readSite } from '../read-site.ts';

/** `valetkey logout [site]`: revokes the key on the site, then forgets it here. */
export async function logout(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const stored = getKey(positionals[0] === undefined ? null : readSite(positionals[0]));
  try {
    await createConnection(stored).revoke();
    console.log(`The key for ${stored.site} is revoked and forgotten.`);
  } catch (error) {
    // Refused means that the key is dead already; an unreachable site keeps it alive, so it is kept here too.
    if (!(error instanceof SiteRefusal) || error.status >= 500) throw error;
    console.log(`The key for ${stored.site} is forgotten; the site did not accept it any more.`);
    console.error(printable(error.message));
  }
  forgetKey(stored.site);
}
