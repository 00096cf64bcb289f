/** Two clocks, in milliseconds. */
export interface Clocks {
  /** Goes on while the process is paused, but not while the machine is suspended. */
  readonly monotonicNow: () => number;
  /** Goes on while the machine is suspended, but can be set. */
  readonly wallNow: () => number;
}

/** A time by both clocks, in milliseconds. */
export interface ClockTimes {
  readonly monotonic: number;
  readonly wall: number;
}

/** A right that ends by itself, whatever happens to the process, the machine or the connection. */
export interface Lease {
  /** Returns the present time; take it before a query is sent. */
  now(): ClockTimes;
  /** Extends the lease from that time on. */
  renew(sentAt: ClockTimes): void;
  /** Ends the lease. */
  end(): void;
  isValid(): boolean;
  /** Returns the milliseconds since the time of the last renewal, or since the lease was created. */
  ageMs(): number;
}

/** Creates a lease that is not valid yet. Its age is that of the clock that shows more time. */
export function createLease(durationMs: number, { monotonicNow, wallNow }: Clocks): Lease {
  const now = () => ({ monotonic: monotonicNow(), wall: wallNow() });
  let isEnded = true;
  let renewed: ClockTimes = now();
  const ageMs = () => Math.max(monotonicNow() - renewed.monotonic, wallNow() - renewed.wall);
  return {
    now,
    renew(sentAt) {
      renewed = sentAt;
      isEnded = false;
    },
    end() {
      isEnded = true;
    },
    isValid: () => !isEnded && ageMs() < durationMs,
    ageMs,
  };
}
