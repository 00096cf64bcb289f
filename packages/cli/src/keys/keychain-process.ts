// A program of its own: `keychain.ts` starts it, asks one thing on standard input, and may kill it. The answer is its output.
import { text } from 'node:stream/consumers';

/** One thing to be asked of the keychain. */
export interface KeychainRequest {
  readonly verb: 'find' | 'save' | 'remove';
  readonly account: string;
  readonly secret?: string;
}

const SERVICE = 'valetkey';

async function answer({ verb, account, secret = '' }: KeychainRequest): Promise<string> {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  // Left to itself it would fall back on Linux to a store in memory, which a restart of the computer empties.
  const entry = new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
  if (verb === 'find') return (await entry.getPassword()) ?? '';
  if (verb === 'save') await entry.setPassword(secret);
  else await entry.deleteCredential();
  return '';
}

process.stdout.write(await answer(JSON.parse(await text(process.stdin))));
