import type { Store } from '../ports/store.ts';
import type { UseLimiter } from '../ports/use-limiter.ts';
import type { Freshness } from '../verify/freshness.ts';
import { withinTime } from '../verify/within-time.ts';

/** Whether this node can serve requests now, and the state of each part. Contains no text of an error. */
export interface Health {
  readonly isReady: boolean;
  readonly store: 'ok' | 'unavailable';
  /** Whether this node knows the changes of other nodes. */
  readonly changeFeed: 'ok' | 'unavailable';
  readonly useLimiter: 'ok' | 'unavailable';
}

interface HealthParts {
  readonly store: Pick<Store, 'findKey'>;
  readonly freshness: Freshness;
  readonly useLimiter: UseLimiter;
  /** Monotonic milliseconds. */
  readonly monotonicNow: () => number;
}

/** The longest that a part may take. */
const TIMEOUT_MS = 2_000;
/** One use of this name is stored, and the next ones are over its limit. Keys have another prefix. */
const PROBE = { key: 'health:probe', limits: { perMinute: 1, perDay: 1 } };

/** Reads one record, the changes of other nodes, and uses a limit. Never rejects. */
export async function checkHealth({
  store,
  freshness,
  useLimiter,
  monotonicNow,
}: HealthParts): Promise<Health> {
  const [stored, fed, limited] = await Promise.all([
    isWorking(async () => store.findKey(0)),
    isWorking(async () => freshness.isCurrent() || freshness.catchUp()),
    isWorking(async () => useLimiter.use(PROBE.key, monotonicNow(), PROBE.limits)),
  ]);
  const state = (isOk: boolean) => (isOk ? 'ok' : 'unavailable');
  return {
    isReady: stored && fed && limited,
    store: state(stored),
    changeFeed: state(fed),
    useLimiter: state(limited),
  };
}

const isWorking = (work: () => Promise<unknown>): Promise<boolean> =>
  withinTime(TIMEOUT_MS, work()).then(
    () => true,
    () => false,
  );
