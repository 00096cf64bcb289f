import { homedir } from 'node:os';
import { join } from 'node:path';
import { isEnvironmentKey, readEnvironmentKey } from './environment-key.ts';
import { createKeyFile } from './key-file.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { openSystemKeychain } from './keychain.ts';

/** Opens the keys of the user, including the key in `VALETKEY_KEY`. @param signal ends a wait for the keychain */
export function openKeyRing(signal?: AbortSignal): KeyRing {
  const environmentKey = readEnvironmentKey(process.env);
  const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'valetkey');
  const ring = createKeyRing({
    file: createKeyFile(join(folder, 'keys.json')),
    keychain: openSystemKeychain(signal),
  });
  if (environmentKey === null) return ring;
  return {
    ...ring,
    list: () => [environmentKey, ...ring.list()],
    forget: async (entry) => (isEnvironmentKey(entry) ? undefined : ring.forget(entry)),
  };
}
