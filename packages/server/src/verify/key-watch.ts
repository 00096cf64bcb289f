import { ValetkeyError } from '@valetkey/protocol';
import { hashKey } from '../core/key/hash-key.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Verifier } from './verifier.ts';
import type { Credential } from './verify-request.ts';

/** How late an expiry may be noticed. */
const TICK_MS = 1_000;
/** Each key is checked completely this often, for changes that are not published, such as a suspended user. */
const CHECK_EVERY_MS = 60_000;

/** Observes keys that are used for longer than one request, such as that of a WebSocket. */
export interface KeyWatch {
  /**
   * Calls `onEnd` once with the reason, as soon as the key is not valid. Checks it at once, after each change of the
   * key or of a user, when changes may have been missed, at its expiry, and every minute. A store that fails ends it
   * too.
   *
   * @returns a function that ends the observation
   */
  watch(credential: Exclude<Credential, { kind: 'conflict' }>, onEnd: (why: Refusal) => void): () => void;
  /** Call it after the cache has forgotten this key. */
  keyChanged(keyHash: string): void;
  /** Call it after the caches have forgotten all keys or users. */
  anyChanged(): void;
  stop(): void;
}

interface Watched {
  readonly credential: Credential;
  readonly keyHash: string;
  readonly onEnd: (why: Refusal) => void;
  expiresAt: number;
  checkAt: number;
}

export function createKeyWatch({
  verifier,
  now,
}: {
  readonly verifier: Pick<Verifier, 'loadKeyState'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): KeyWatch {
  const all = new Set<Watched>();
  let timer: NodeJS.Timeout | undefined;

  async function check(watched: Watched): Promise<void> {
    watched.checkAt = now() + CHECK_EVERY_MS;
    const state = await loadState(watched.credential);
    if (!isRefusal(state)) watched.expiresAt = state.expiresAt;
    // Another check, or the end of the connection, may have been faster.
    else if (remove(watched)) watched.onEnd(state);
  }

  async function loadState(credential: Credential): Promise<Refusal | { readonly expiresAt: number }> {
    try {
      return await verifier.loadKeyState(credential);
    } catch (error) {
      return error instanceof ValetkeyError ? error : refuse('store_unavailable');
    }
  }

  function checkDue(): void {
    const time = now();
    for (const watched of all) if (time >= watched.expiresAt || time >= watched.checkAt) void check(watched);
  }

  function remove(watched: Watched): boolean {
    const wasWatched = all.delete(watched);
    if (all.size === 0) clearInterval(timer);
    return wasWatched;
  }

  return {
    watch(credential, onEnd) {
      const watched = {
        credential,
        keyHash: hashKey(credential.key),
        onEnd,
        expiresAt: Number.POSITIVE_INFINITY,
        checkAt: 0,
      };
      if (all.size === 0) timer = setInterval(checkDue, TICK_MS).unref();
      all.add(watched);
      void check(watched);
      return () => void remove(watched);
    },
    keyChanged(keyHash) {
      for (const watched of all) if (watched.keyHash === keyHash) void check(watched);
    },
    anyChanged() {
      for (const watched of all) void check(watched);
    },
    stop() {
      for (const watched of all) remove(watched);
    },
  };
}
