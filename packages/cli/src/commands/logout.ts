import { parseArgs } from 'node:util';
import { createConnection } from '@valetkey/client';
import { forgetKey, getKey } from '../key-file.ts';
import { networkOptions } from '../network.ts';
import { readSite } from '../read-site.ts';

/** `valetkey logout [site]`: revokes the key on the site, then forgets it here; one that may still live is kept. */
export async function logout(args: string[], signal: AbortSignal): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const stored = getKey(positionals[0] === undefined ? null : readSite(positionals[0]));
  const outcome = await createConnection({ ...stored, ...networkOptions(signal) }).revoke();
  forgetKey(stored.site);
  console.log(
    outcome === 'revoked'
      ? `The key for ${stored.site} is revoked and forgotten.`
      : `The key for ${stored.site} is forgotten; the site did not accept it any more.`,
  );
}
