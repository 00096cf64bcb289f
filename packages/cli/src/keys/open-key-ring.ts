import { homedir } from 'node:os';
import { join } from 'node:path';
import { createKeyFile } from './key-file.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { openSystemKeychain } from './keychain.ts';

/** The keys of the person who runs the command. @param signal ends a wait for the keychain */
export function openKeyRing(signal?: AbortSignal): KeyRing {
  const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'valetkey');
  return createKeyRing({
    file: createKeyFile(join(folder, 'keys.json')),
    keychain: openSystemKeychain(signal),
  });
}
