import type { Settings } from './settings/setting-table.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** How many uses are allowed in any 60 seconds and in any 24 hours. */
export interface UseLimits {
  readonly perMinute: number;
  /** `Infinity` for no limit. */
  readonly perDay: number;
}

/** The remaining uses in one window. */
export interface Remaining {
  readonly remaining: number;
  /** Seconds until the oldest use leaves the window; the length of the window if there is none. */
  readonly resetSeconds: number;
}

/** The remaining uses in both windows. */
export interface RemainingUses {
  readonly minute: Remaining;
  readonly day: Remaining;
}

/** The limits that a use was counted in, and what remains of them. */
export interface CountedUse {
  readonly limits: UseLimits;
  readonly remaining: RemainingUses;
}

/** Returns the limits of user API keys. */
export function userKeyLimits(settings: Settings): UseLimits {
  return { perMinute: settings.max_user_api_reqs_per_minute, perDay: settings.max_user_api_reqs_per_day };
}

/** Returns the limits of admin keys, which have no daily limit (PROTOCOL.md#use-an-admin-key). */
export function adminKeyLimits(settings: Settings): UseLimits {
  return { perMinute: settings.max_admin_api_reqs_per_minute, perDay: Number.POSITIVE_INFINITY };
}

/**
 * Returns a function that derives a value from the current settings. It returns the same object until they change.
 */
export function deriveFromSettings<T>(
  currentSettings: () => Settings,
  derive: (settings: Settings) => T,
): () => T {
  let settings = currentSettings();
  let derived = derive(settings);
  return () => {
    const latest = currentSettings();
    if (latest !== settings) {
      settings = latest;
      derived = derive(latest);
    }
    return derived;
  };
}
