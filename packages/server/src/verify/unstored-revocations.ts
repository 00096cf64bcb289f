import { ValetkeyError } from '@valetkey/protocol';

interface RevocableKey {
  readonly keyHash: string;
  readonly revokedAt: number | null;
}

/** Revocations that the store could not store, for one kind of key. This process rejects those keys. */
export interface UnstoredRevocations<Key extends RevocableKey> {
  /** Returns the stored record as revoked if its revocation could not be stored. */
  apply(record: Key): Key;
  /**
   * Runs a revocation. If the store fails, the key counts as revoked in this process, until a revocation is stored or the
   * process ends: a full disk must not keep a stolen key active.
   *
   * @param changes of the record while the revocation is not stored
   * @throws ValetkeyError `revocation_not_stored` instead of `store_unavailable`; other errors unchanged
   */
  revoke(id: number, changes: Partial<Key>, store: () => Promise<Key | null>): Promise<Key | null>;
  /** Call it when a key is restored. */
  forget(keyHash: string): void;
}

export function createUnstoredRevocations<Key extends RevocableKey>(parts: {
  readonly find: (id: number) => Promise<Key | null>;
  readonly invalidate: (keyHash: string) => void;
}): UnstoredRevocations<Key> {
  /** One entry at most for each key of a user who revokes: as bounded as the keys are. */
  const byHash = new Map<string, Partial<Key>>();
  return {
    apply(record) {
      const changes = record.revokedAt === null ? byHash.get(record.keyHash) : undefined;
      return changes ? { ...record, ...changes } : record;
    },
    async revoke(id, changes, store) {
      try {
        const revoked = await store();
        if (revoked) byHash.delete(revoked.keyHash);
        return revoked;
      } catch (error) {
        const record = await parts.find(id).catch(() => null);
        if (record?.revokedAt !== null) throw error;
        byHash.set(record.keyHash, changes);
        parts.invalidate(record.keyHash);
        const isUnavailable = error instanceof ValetkeyError && error.code === 'store_unavailable';
        throw isUnavailable ? new ValetkeyError('revocation_not_stored', {}, { cause: error }) : error;
      }
    },
    forget: (keyHash) => void byHash.delete(keyHash),
  };
}
