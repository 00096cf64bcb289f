import { ValetkeyError } from '@valetkey/protocol';
import { ipAddressGroup } from '../../core/ip/ip-address-group.ts';
import { chain, type MaybePromise } from '../../core/maybe-promise.ts';
import type { CreateAttemptLimiter } from '../../ports/attempt-limiter.ts';

type By = 'ipAddress' | 'user' | 'code' | 'token';

const MINUTE = 60;
const HOUR = 3600;

/** The minimum interval between two polls of a device (RFC 8628), in seconds. */
export const POLL_INTERVAL_SECONDS = 5;

/** The limits (PROTOCOL.md#device-rate-limits). docs/security/device-flow.md explains how they prevent guessing. */
// biome-ignore format: a table
const LIMITS = {
  request:  [{ by: 'ipAddress', max: 20,  seconds: MINUTE }],
  poll:     [{ by: 'ipAddress', max: 60,  seconds: MINUTE }, { by: 'code',  max: 60, seconds: MINUTE }],
  codeTry:  [{ by: 'ipAddress', max: 30,  seconds: HOUR },   { by: 'user',  max: 10, seconds: MINUTE }, { by: 'code',  max: 10, seconds: MINUTE }],
  lookUp:   [{ by: 'ipAddress', max: 120, seconds: HOUR },   { by: 'user',  max: 30, seconds: MINUTE }, { by: 'token', max: 30, seconds: MINUTE }],
} as const satisfies Record<string, readonly { by: By; max: number; seconds: number }[]>;

/** The attempts that are counted. */
export type DeviceAttempt = keyof typeof LIMITS;

/** Counts attempts of devices and users in the device flow. */
export interface DeviceLimits {
  /**
   * Counts an attempt, whatever its outcome; a success resets nothing.
   *
   * @param keys `code` and `token` as hashes of their normal form, so that no spelling has a limit of its own
   * @throws ValetkeyError `rate_limited` with `wait_seconds`; then it is not counted. Rejects with it where it returns a promise
   */
  count(attempt: DeviceAttempt, keys: Readonly<Partial<Record<By, string>>>, now: number): MaybePromise<void>;
  /**
   * Returns whether this device polls faster than its interval (RFC 8628); if not, counts the poll. Two polls per interval
   * are allowed, because OAuth libraries poll twice until they know where the site reads their credentials: in
   * `Authorization`, then in the body.
   *
   * @param code hashed
   */
  isTooSoon(code: string, now: number): MaybePromise<boolean>;
}

export function createDeviceLimits(createLimiter: CreateAttemptLimiter): DeviceLimits {
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, windows]) => [name, createLimiter<By>(`device-${name}`, windows)]),
  );
  // One second less, because timers and networks are not exact.
  const interval = createLimiter('device-interval', [
    { by: 'code', max: 2, seconds: POLL_INTERVAL_SECONDS - 1 },
  ]);
  return {
    isTooSoon: (code, now) => chain(interval.count({ code }, now), (waitSeconds) => waitSeconds > 0),
    count(attempt, { ipAddress, ...keys }, now) {
      const group = ipAddress === undefined ? {} : { ipAddress: ipAddressGroup(ipAddress) };
      return chain(limiters.get(attempt)?.count({ ...keys, ...group }, now) ?? 0, (wait_seconds) => {
        if (wait_seconds > 0) throw new ValetkeyError('rate_limited', { wait_seconds });
      });
    },
  };
}
