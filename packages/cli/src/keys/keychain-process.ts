// A separate program. `keychain.ts` starts it, sends one request to its standard input, and may kill it. It prints
// the response.
import { text } from 'node:stream/consumers';

/** A request to the keychain. */
export interface KeychainRequest {
  readonly verb: 'find' | 'save' | 'remove';
  readonly account: string;
  readonly secret?: string;
}

const SERVICE = 'valetkey';

async function answer({ verb, account, secret = '' }: KeychainRequest): Promise<string> {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  // By default, it would fall back on Linux to a store in memory, which is lost at restart.
  const entry = new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
  if (verb === 'find') return (await entry.getPassword()) ?? '';
  if (verb === 'save') await entry.setPassword(secret);
  else await entry.deleteCredential();
  return '';
}

process.stdout.write(await answer(JSON.parse(await text(process.stdin))));
