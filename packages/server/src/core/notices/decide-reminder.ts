import { REMINDER_DAYS } from './notice.ts';

const DAY_MS = 86_400_000;

/**
 * Returns the reminder that is due for a key: the smallest of 1, 7 and 30 days that covers its remaining time. Null if none does,
 * if the key has expired, or if its whole lifetime is no longer than that.
 */
export function decideReminder(
  { createdAt, expiresAt }: { readonly createdAt: number; readonly expiresAt: number | null },
  now: number,
): (typeof REMINDER_DAYS)[number] | null {
  if (expiresAt === null || expiresAt <= now) return null;
  const days = REMINDER_DAYS.findLast((each) => expiresAt - now <= each * DAY_MS);
  return days === undefined || expiresAt - createdAt <= days * DAY_MS ? null : days;
}
