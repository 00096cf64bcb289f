import { parseArgs } from 'node:util';
import { keyFilePath, listKeys } from '../key-file.ts';
import { printable } from '../printable.ts';

/** `valetkey list`: every site with a key, without asking any of them. */
export async function list(args: string[]): Promise<void> {
  parseArgs({ args, options: {} });
  const keys = listKeys();
  if (keys.length === 0) console.error('No keys here yet. Get one with: valetkey login <site>');
  for (const { site, username, scopes, expiresAt } of keys) {
    console.log(
      printable(`${site}  ${username ?? '(unknown)'}  ${scopes.join(',')}  ${expiresAt ?? 'no expiry'}`),
    );
  }
  if (keys.length > 0) console.error(`Kept in ${keyFilePath}`);
}
