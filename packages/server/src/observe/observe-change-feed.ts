import type { ChangeFeed } from '../ports/change-feed.ts';
import type { Metrics } from './metrics.ts';

/** Counts the changes that a feed delivers, its gaps, and how long requests waited for it. */
export function observeChangeFeed(feed: ChangeFeed, metrics: Metrics): ChangeFeed {
  const gaps = metrics.counter('valetkey_change_feed_gaps_total');
  const duration = metrics.histogram('valetkey_change_feed_catch_up_duration_seconds');
  const { isCurrent = () => true, catchUp = async () => {} } = feed;
  metrics.gauge('valetkey_change_feed_current', () => Number(isCurrent.call(feed)));
  metrics.gauge('valetkey_change_feed_lag_seconds', () => (feed.lagMs?.() ?? 0) / 1000);

  async function catchUpObserved(): Promise<void> {
    const startedAt = performance.now();
    let result = 'failed';
    try {
      await catchUp.call(feed);
      result = 'ok';
    } finally {
      duration.observe((performance.now() - startedAt) / 1000);
      metrics.counter('valetkey_change_feed_catch_ups_total', { result }).value += 1;
    }
  }

  return {
    publish: (change) => feed.publish(change),
    subscribe: (onChange, onGap) =>
      feed.subscribe(
        (change) => {
          metrics.counter('valetkey_change_feed_changes_total', { kind: change.kind }).value += 1;
          onChange(change);
        },
        () => {
          gaps.value += 1;
          onGap();
        },
      ),
    ...(feed.isCurrent && { isCurrent: () => isCurrent.call(feed), catchUp: catchUpObserved }),
  };
}
