import type { Settings } from './settings/setting-table.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** How many uses are allowed in any 60 seconds and in any 24 hours. */
export interface UseLimits {
  readonly perMinute: number;
  /** `Infinity` for no limit. */
  readonly perDay: number;
}

/** What is left of one window. */
export interface Remaining {
  readonly remaining: number;
  /** Until the oldest use in the window leaves it; the whole window when there is none. */
  readonly resetSeconds: number;
}

/** What is left of both windows. */
export interface RemainingUses {
  readonly minute: Remaining;
  readonly day: Remaining;
}

/** The limits of every user API key. */
export function userKeyLimits(settings: Settings): UseLimits {
  return { perMinute: settings.max_user_api_reqs_per_minute, perDay: settings.max_user_api_reqs_per_day };
}

/** The limits of every admin key: none for the day (PROTOCOL.md section 12). */
export function adminKeyLimits(settings: Settings): UseLimits {
  return { perMinute: settings.max_admin_api_reqs_per_minute, perDay: Number.POSITIVE_INFINITY };
}

/** Returns what `derive` makes of the current settings; the same object until they change. */
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
