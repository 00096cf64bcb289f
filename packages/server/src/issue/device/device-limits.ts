import { ValetkeyError } from '@valetkey/protocol';
import { ipAddressGroup } from '../../core/ip/ip-address-group.ts';
import { createAttemptLimits } from '../../in-process/attempt-limits.ts';

type By = 'ipAddress' | 'user' | 'code' | 'token';

const MINUTE = 60;
const HOUR = 3600;

/** What a device that polls by RFC 8628 is told to wait between two questions, in seconds. */
export const POLL_INTERVAL_SECONDS = 5;

/** The rates of PROTOCOL.md section 8; what they make of guessing stands in docs/security/device-flow.md. */
// biome-ignore format: a table
const LIMITS = {
  request:  [{ by: 'ipAddress', max: 20,  seconds: MINUTE }],
  poll:     [{ by: 'ipAddress', max: 60,  seconds: MINUTE }, { by: 'code',  max: 60, seconds: MINUTE }],
  codeTry:  [{ by: 'ipAddress', max: 30,  seconds: HOUR },   { by: 'user',  max: 10, seconds: MINUTE }, { by: 'code',  max: 10, seconds: MINUTE }],
  lookUp:   [{ by: 'ipAddress', max: 120, seconds: HOUR },   { by: 'user',  max: 30, seconds: MINUTE }, { by: 'token', max: 30, seconds: MINUTE }],
} as const satisfies Record<string, readonly { by: By; max: number; seconds: number }[]>;

/** What is counted in the device flow. */
export type DeviceAttempt = keyof typeof LIMITS;

/** Counts what devices and people try in the device flow. */
export interface DeviceLimits {
  /**
   * Counts an attempt, whatever becomes of it; a success gives no fresh start.
   *
   * @param keys `code` and `token` as hashes of their normal form, so that no spelling has a limit of its own
   * @throws ValetkeyError `rate_limited` with `wait_seconds`; then it is not counted
   */
  count(attempt: DeviceAttempt, keys: Readonly<Partial<Record<By, string>>>, now: number): void;
  /** Whether this device asks again before the interval is over (RFC 8628); if not, it begins anew. @param code hashed */
  isTooSoon(code: string, now: number): boolean;
}

/** In the memory of this process, bounded; a restart forgets them. */
export function createDeviceLimits(): DeviceLimits {
  const limits = new Map(
    Object.entries(LIMITS).map(([name, windows]) => [name, createAttemptLimits<By>(windows)]),
  );
  // One second of grace, for timers and networks that are not exact.
  const interval = createAttemptLimits([{ by: 'code', max: 1, seconds: POLL_INTERVAL_SECONDS - 1 }]);
  return {
    isTooSoon: (code, now) => interval.count({ code }, now) > 0,
    count(attempt, { ipAddress, ...keys }, now) {
      const group = ipAddress === undefined ? {} : { ipAddress: ipAddressGroup(ipAddress) };
      const wait_seconds = limits.get(attempt)?.count({ ...keys, ...group }, now) ?? 0;
      if (wait_seconds > 0) throw new ValetkeyError('rate_limited', { wait_seconds });
    },
  };
}
