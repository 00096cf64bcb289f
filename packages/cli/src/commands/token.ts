import { parseArgs } from 'node:util';
import { getKey } from '../key-file.ts';
import { readSite } from '../read-site.ts';

/** `valetkey token [site]`: prints the key itself, for scripts; the one place where it is shown. */
export async function token(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  console.log(getKey(positionals[0] === undefined ? null : readSite(positionals[0])).key);
}
