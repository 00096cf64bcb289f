import type { ChangeFeed } from '../ports/change-feed.ts';

/** Creates a change feed for a site with one process. Delivers before `publish` returns, and never has a gap. */
export function createInProcessChangeFeed(): ChangeFeed {
  const listeners = new Set<Parameters<ChangeFeed['subscribe']>[0]>();
  return {
    publish(change) {
      for (const listener of [...listeners]) listener(change);
    },
    subscribe(onChange) {
      // Wrapped, so that one function can subscribe twice.
      const listener: typeof onChange = (change) => onChange(change);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
