import type { Settings } from '../settings/setting-table.ts';
import type { UseLimits } from './sliding-windows.ts';

/** The limit of every admin key: there is none for the day (PROTOCOL.md section 12). */
export function adminUseLimits(settings: Settings): UseLimits {
  return { perMinute: settings.max_admin_api_reqs_per_minute, perDay: Number.POSITIVE_INFINITY };
}

/** The limits of every user API key, as the admin has set them. */
export function useLimits(settings: Settings): UseLimits {
  return { perMinute: settings.max_user_api_reqs_per_minute, perDay: settings.max_user_api_reqs_per_day };
}

/** The same, made anew only when the settings have changed: the judge asks on every request. */
export function createCurrentLimits(currentSettings: () => Settings): () => UseLimits {
  let settings = currentSettings();
  let limits = useLimits(settings);
  return () => {
    const latest = currentSettings();
    if (latest !== settings) {
      settings = latest;
      limits = useLimits(latest);
    }
    return limits;
  };
}
