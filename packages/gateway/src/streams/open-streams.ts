import type { AdminKeyStore, Change, ChangeFeed, KeyStore, Principal, SiteUser } from '@valetkey/server';

/** A response or connection that stays open with the permission of a key. */
export interface OpenStream {
  readonly principal: Principal;
  /** SHA-256 of the key. */
  readonly keyHash: string;
  /** Ends the stream now. */
  end(): void;
}

/** Ends the streams of keys that are no longer valid. */
export interface OpenStreams {
  /** Registers a stream; returns the function that removes it. */
  add(stream: OpenStream): () => void;
  readonly size: number;
  stop(): void;
}

interface OpenStreamsOptions {
  readonly store: Pick<KeyStore, 'findKeyByHash'> & Pick<AdminKeyStore, 'findAdminKeyByHash'>;
  readonly changeFeed: ChangeFeed;
  readonly findUser: (id: string) => SiteUser | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Entry extends OpenStream {
  /** When the key ends; null before it was looked up. */
  expiresAt: number | null;
}

const SWEEP_MS = 250;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Creates the register. A stream ends when its key is revoked or replaced, or its user is suspended, as soon as the
 * change feed reports it; when its key expires, within half a second. After a gap of the feed, every stream is examined
 * again. A stream whose key cannot be read ends.
 */
export function createOpenStreams({ store, changeFeed, findUser, now }: OpenStreamsOptions): OpenStreams {
  const entries = new Set<Entry>();

  /** Returns when the key of a stream ends; 0 if it is invalid. */
  async function findEnd({ principal: { kind, user }, keyHash }: Entry): Promise<number> {
    if (findUser(user.id)?.isSuspended !== false) return 0;
    if (kind === 'admin_api_key') {
      return (await store.findAdminKeyByHash(keyHash))?.revokedAt === null ? NEVER : 0;
    }
    const key = await store.findKeyByHash(keyHash);
    return key?.revokedAt === null ? Math.min(key.expiresAt ?? NEVER, key.retiresAt ?? NEVER) : 0;
  }

  async function examine(entry: Entry): Promise<void> {
    entry.expiresAt = await findEnd(entry).catch(() => 0);
    if (entry.expiresAt <= now() && entries.delete(entry)) entry.end();
  }

  function examineIf(isAffected: (entry: Entry) => boolean): void {
    for (const entry of entries) if (isAffected(entry)) void examine(entry);
  }

  const unsubscribe = changeFeed.subscribe(
    ({ kind, id }: Change) => {
      if (kind === 'user') examineIf(({ principal }) => principal.user.id === id);
      if (kind === 'key' || kind === 'admin_key') examineIf(({ keyHash }) => keyHash === id);
    },
    () => examineIf(() => true),
  );
  // Most responses end before the first sweep, so they cause no lookup.
  const sweep = setInterval(() => {
    const time = now();
    examineIf(({ expiresAt }) => expiresAt === null || expiresAt <= time);
  }, SWEEP_MS);
  sweep.unref();

  return {
    add(stream) {
      const entry: Entry = { ...stream, expiresAt: null };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    get size() {
      return entries.size;
    },
    stop() {
      clearInterval(sweep);
      unsubscribe();
    },
  };
}
