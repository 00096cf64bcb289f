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
}

/** Creates a lease that is not valid yet. Its age is that of the clock that shows more time. */
export function createLease(durationMs: number, { monotonicNow, wallNow }: Clocks): Lease {
  let renewed: ClockTimes | null = null;
  return {
    now: () => ({ monotonic: monotonicNow(), wall: wallNow() }),
    renew(sentAt) {
      renewed = sentAt;
    },
    end() {
      renewed = null;
    },
    isValid: () =>
      renewed !== null &&
      monotonicNow() - renewed.monotonic < durationMs &&
      wallNow() - renewed.wall < durationMs,
  };
}
