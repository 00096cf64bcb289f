/** What a run has measured. Its size does not grow with the number of requests. */
export interface Report {
  /** Counts a response or, with status 0, a connection without one. `ms` counts for the percentiles, if given. */
  count(kind: string, status: number, ms?: number): void;
  /** Records that a promise is broken. The detail contains no secret. */
  breakPromise(promise: string, detail: string): void;
  readonly requests: number;
  /** Connections that ended without a response. */
  readonly withoutResponse: number;
  readonly rateLimited: number;
  /** Each broken promise, with its first detail and how often it occurred. */
  broken(): string[];
  /** Returns the upper bound of this share of the measured times, in milliseconds. */
  percentile(share: number): number;
  /** Returns the number of responses by kind and status. */
  lines(): string[];
}

/** Times are counted in steps of 2 %: about 700 counters for up to a minute. */
const STEP = Math.log(1.02);
const MIN_MS = 0.05;

/** Creates an empty report. */
export function createReport(): Report {
  const counts = new Map<string, number>();
  const times = new Map<number, number>();
  const promises = new Map<string, { detail: string; count: number }>();
  let requests = 0;
  let measured = 0;
  let withoutResponse = 0;
  let rateLimited = 0;
  return {
    count(kind, status, ms) {
      requests += 1;
      if (status === 0) withoutResponse += 1;
      if (status === 429) rateLimited += 1;
      increase(counts, `${kind.padEnd(16)} ${status === 0 ? 'no response' : status}`);
      if (status >= 500) this.breakPromise('No request gets a 5xx response.', `${kind}: ${status}`);
      if (ms === undefined) return;
      measured += 1;
      increase(times, Math.max(0, Math.ceil(Math.log(ms / MIN_MS) / STEP)));
    },
    breakPromise(promise, detail) {
      const known = promises.get(promise);
      promises.set(promise, { detail: known?.detail ?? detail, count: (known?.count ?? 0) + 1 });
    },
    get requests() {
      return requests;
    },
    get withoutResponse() {
      return withoutResponse;
    },
    get rateLimited() {
      return rateLimited;
    },
    broken: () =>
      [...promises].map(([promise, { detail, count }]) => `${promise} (${count}; first: ${detail})`),
    percentile(share) {
      let left = share * measured;
      for (const [step, count] of [...times].sort(([a], [b]) => a - b)) {
        left -= count;
        if (left <= 0) return MIN_MS * Math.exp(step * STEP);
      }
      return Number.NaN;
    },
    lines: () => [...counts].sort().map(([name, count]) => `${name.padEnd(30)} ${count}`),
  };
}

function increase<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
