import { randomToken } from '@valetkey/client';
import { CliError, EXIT } from '../exit-codes.ts';
import { describeIdentity, isReplacedBy, type KeyEntry } from './key-entry.ts';
import type { KeyFile } from './key-file.ts';
import type { Keychain } from './keychain.ts';
import type { KeyFileContent } from './parse-key-file.ts';

/** A key that was granted by a login or read by an import. */
export interface NewKey extends Omit<KeyEntry, 'id' | 'key'> {
  readonly key: string;
}

/** All keys of this installation, in the keychain or in the file. */
export interface KeyRing {
  readonly path: string;
  list(): readonly KeyEntry[];
  /**
   * Returns the secret from which client ids are derived; creates it at the first call. It is not sent to any site.
   */
  installationSecret(): Promise<string>;
  /** Stores a key in the keychain if there is one, otherwise in the file. Replaces nothing: see `settle`. */
  add(granted: NewKey): Promise<KeyEntry>;
  /** Stores the user of a new key. Removes the keys that it replaces and returns them for revocation. */
  settle(id: string, username: string | null): Promise<readonly HeldKey[]>;
  /**
   * @throws CliError 5 if the keychain does not hand it out
   */
  reveal(entry: KeyEntry): Promise<HeldKey>;
  /** Removes a key from the list and from the keychain. */
  forget(entry: KeyEntry): Promise<void>;
}

/** A key with its site, as a connection takes it. */
export interface HeldKey {
  readonly site: string;
  readonly clientId: string | undefined;
  readonly key: string;
}

export interface KeyRingOptions {
  readonly file: KeyFile;
  readonly keychain: Keychain | null;
}

/** Creates a key ring. The file lists all keys; the keychain stores secrets under random names. */
export function createKeyRing({ file, keychain }: KeyRingOptions): KeyRing {
  const account = ({ site, id }: KeyEntry): string => `${site} ${id}`;

  async function saveInKeychain(entry: KeyEntry, key: string): Promise<boolean> {
    try {
      await keychain?.save(account(entry), key);
      return keychain !== null;
    } catch {
      return false;
    }
  }

  async function reveal(entry: KeyEntry): Promise<HeldKey> {
    const { site, clientId } = entry;
    const key = entry.key ?? (await keychain?.find(account(entry)).catch(() => null)) ?? null;
    if (key !== null) return { site, clientId: clientId ?? undefined, key };
    throw new CliError(
      EXIT.unusable,
      `The system keychain does not return the key of ${describeIdentity(entry)}. Unlock it, or log in again.`,
    );
  }

  async function removeFromKeychain(entries: readonly KeyEntry[]): Promise<void> {
    const kept = entries.filter(({ key }) => key === null);
    // An unlisted secret in the keychain is harmless. A locked keychain must not prevent a logout.
    for (const entry of kept) await keychain?.remove(account(entry)).catch(() => {});
  }

  return {
    path: file.path,
    list: () => file.read().keys,
    reveal,

    async installationSecret() {
      const made = randomToken();
      // `change` checks again: another command may have created one meanwhile.
      const keep = (content: KeyFileContent) =>
        content.secret === null ? { ...content, secret: made } : content;
      return file.read().secret ?? (await file.change(keep)).secret ?? made;
    },

    async add({ key, ...granted }) {
      const entry = { ...granted, id: randomToken(), key: null };
      const isInKeychain = await saveInKeychain(entry, key);
      const added = isInKeychain ? entry : { ...entry, key };
      await file.change((content) => ({ ...content, keys: [...content.keys, added] }));
      return added;
    },

    async settle(id, username) {
      let replaced: readonly KeyEntry[] = [];
      await file.change((content) => {
        const keys = content.keys.map((entry) => (entry.id === id ? { ...entry, username } : entry));
        const settled = keys.find((entry) => entry.id === id);
        replaced = settled ? keys.filter((entry) => isReplacedBy(entry, settled)) : [];
        return { ...content, keys: keys.filter((entry) => !replaced.includes(entry)) };
      });
      const held = await Promise.allSettled(replaced.map(reveal));
      await removeFromKeychain(replaced);
      return held.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    },

    async forget(entry) {
      await file.change((content) => ({
        ...content,
        keys: content.keys.filter(({ id }) => id !== entry.id),
      }));
      await removeFromKeychain([entry]);
    },
  };
}
