import type { MatchedRoute, Principal, Refusal, RequestHead, Valetkey } from '@valetkey/server';

/** A response or connection that stays open with the permission of a key. */
export interface OpenStream {
  readonly head: RequestHead;
  readonly route: MatchedRoute;
  readonly principal: Principal;
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

/** A stream and its place in the list of streams that are not watched yet; -1 if it is not in the list. */
interface Entry {
  readonly stream: OpenStream;
  index: number;
}

/** The streams of one key. */
interface Group {
  readonly streams: Set<OpenStream>;
  unwatch: () => void;
}

const SWEEP_MS = 250;

/**
 * Creates the register. Most responses end before the first sweep, so their keys need not be watched. Watching a key
 * checks it at once, so no revocation is missed. A key is watched once, however many streams it has.
 *
 * @param current returns the parts of the configuration in force
 */
export function createOpenStreams(current: () => { readonly valetkey: Watcher }): OpenStreams {
  /** Not watched yet. An array: V8 keeps the removed entries of a Set until a full garbage collection. */
  let recent: Entry[] = [];
  const groups = new Map<Principal, Group>();

  function watch(principal: Principal, group: Group): void {
    const [first] = group.streams;
    if (first === undefined) return;
    group.unwatch = current().valetkey.watchKey(first.head, first.route, (why) => {
      if (groups.get(principal) === group) groups.delete(principal);
      for (const stream of group.streams) stream.end(why);
    });
  }

  function sweep(): void {
    for (const entry of recent) {
      entry.index = -1;
      const { stream } = entry;
      const known = groups.get(stream.principal);
      if (known) {
        known.streams.add(stream);
        continue;
      }
      const group: Group = { streams: new Set([stream]), unwatch: () => {} };
      groups.set(stream.principal, group);
      watch(stream.principal, group);
    }
    recent = [];
  }
  const sweeps = setInterval(sweep, SWEEP_MS).unref();

  /** Moves the last entry to the place of this one. */
  function removeRecent(entry: Entry): void {
    const last = recent.pop();
    if (last !== undefined && last !== entry) {
      recent[entry.index] = last;
      last.index = entry.index;
    }
    entry.index = -1;
  }

  function remove(entry: Entry): void {
    if (entry.index >= 0) {
      removeRecent(entry);
      return;
    }
    const { stream } = entry;
    const group = groups.get(stream.principal);
    if (!group?.streams.delete(stream) || group.streams.size > 0) return;
    groups.delete(stream.principal);
    group.unwatch();
  }

  return {
    add(stream) {
      const entry = { stream, index: recent.length };
      recent.push(entry);
      return () => remove(entry);
    },
    moved() {
      for (const [principal, group] of groups) {
        group.unwatch();
        watch(principal, group);
      }
    },
    get size() {
      return [...groups.values()].reduce((sum, { streams }) => sum + streams.size, recent.length);
    },
    stop() {
      clearInterval(sweeps);
      for (const { unwatch } of groups.values()) unwatch();
    },
  };
}
