import type { MatchedRoute, Refusal, RequestHead, Valetkey } from '@valetkey/server';

/** A response or connection that stays open with the permission of a key. */
export interface OpenStream {
  readonly head: RequestHead;
  readonly route: MatchedRoute;
  /** Ends the stream now. */
  end(why: Refusal): void;
}

/** Ends the streams of keys that are no longer valid. */
export interface OpenStreams {
  /** Registers a stream; returns the function that removes it. */
  add(stream: OpenStream): () => void;
  /** Call it when another configuration applies, before the old one is closed. */
  moved(): void;
  readonly size: number;
  stop(): void;
}

type Watcher = Pick<Valetkey<never>, 'watchKey'>;

interface Entry extends OpenStream {
  /** Null before the key is watched. */
  unwatch: (() => void) | null;
}

const SWEEP_MS = 250;

/**
 * Creates the register. Most responses end before the first sweep, so their keys need not be watched. Watching a key
 * checks it at once, so no revocation is missed.
 *
 * @param current returns the parts of the configuration in force
 */
export function createOpenStreams(current: () => { readonly valetkey: Watcher }): OpenStreams {
  const entries = new Set<Entry>();

  function watch(entry: Entry): void {
    entry.unwatch = current().valetkey.watchKey(entry.head, entry.route, (why) => {
      if (entries.delete(entry)) entry.end(why);
    });
  }
  const sweep = setInterval(() => {
    for (const entry of entries) if (entry.unwatch === null) watch(entry);
  }, SWEEP_MS);
  sweep.unref();

  return {
    add(stream) {
      const entry: Entry = { ...stream, unwatch: null };
      entries.add(entry);
      return () => {
        entries.delete(entry);
        entry.unwatch?.();
      };
    },
    moved() {
      for (const entry of entries) {
        entry.unwatch?.();
        watch(entry);
      }
    },
    get size() {
      return entries.size;
    },
    stop() {
      clearInterval(sweep);
      for (const entry of entries) entry.unwatch?.();
    },
  };
}
