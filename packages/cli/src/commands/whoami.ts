import { parseArgs } from 'node:util';
import { createConnection } from '@valetkey/client';
import { getKey } from '../key-file.ts';
import { networkOptions } from '../network.ts';
import { printable } from '../printable.ts';
import { readSite } from '../read-site.ts';

/** `valetkey whoami [site]`: asks the site who the key acts for. */
export async function whoami(args: string[], signal: AbortSignal): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const stored = getKey(positionals[0] === undefined ? null : readSite(positionals[0]));
  const { username } = await createConnection({ ...stored, ...networkOptions(signal) }).whoami();
  console.log(printable(`${username} on ${stored.site}`));
}
