/** Where the operating system keeps secrets. Its errors are the system's own, and never carry the secret. */
export interface Keychain {
  /** Null if it has none of this name. */
  find(account: string): Promise<string | null>;
  save(account: string, secret: string): Promise<void>;
  /** Without complaint if there is none. */
  remove(account: string): Promise<void>;
}

const SERVICE = 'valetkey';
/** A locked keychain asks the person, who may be away. */
const DEADLINE_MS = 60_000;

/**
 * The system's keychain: Keychain on macOS, Credential Manager on Windows, the Secret Service (GNOME, KDE) on Linux. Null
 * if `VALETKEY_KEYCHAIN=off`, or if the package that talks to it is not installed, which is optional.
 */
export async function openSystemKeychain(): Promise<Keychain | null> {
  if (process.env.VALETKEY_KEYCHAIN === 'off') return null;
  const keyring = await import('@napi-rs/keyring').catch(() => null);
  if (!keyring) return null;
  // Left to itself it would fall back on Linux to a store in memory, which a restart of the computer empties.
  const entry = (account: string) =>
    new keyring.AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
  const deadline = () => AbortSignal.timeout(DEADLINE_MS);
  return {
    find: async (account) => (await entry(account).getPassword(deadline())) ?? null,
    save: (account, secret) => entry(account).setPassword(secret, deadline()),
    remove: async (account) => void (await entry(account).deleteCredential(deadline())),
  };
}
