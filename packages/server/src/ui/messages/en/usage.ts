import type { Format } from '../format.ts';

/** How keys were used in the last 30 days. */
export const usage = (format: Format) => ({
  title: 'Use in the last 30 days',
  count: ({ count }: { count: number }) =>
    count === 0 ? 'No requests' : format.plural(count, { one: '# request', other: '# requests' }),
  chart: ({ count, most }: { count: number; most: string }) =>
    `${format.plural(count, { one: '# allowed request in 30 days', other: '# allowed requests in 30 days' })}. Most requests on one day: ${most}.`,
  asTable: 'Show as a table',
  day: 'Day (UTC)',
  allowed: 'Allowed',
  refused: 'Refused',
  refusedTimes: ({ count, reason }: { count: number; reason: string }) =>
    format.plural(count, {
      one: `Refused once in the last 7 days: ${reason}`,
      other: `Refused # times in the last 7 days: ${reason}`,
    }),
  reasons: {
    scope_insufficient: 'it lacks the permission',
    rate_limited: 'too many requests',
    address_not_allowed: 'an IP address that is not allowed',
    key_not_allowed_in_url: 'the key was sent in a link',
    key_revoked: 'the key was revoked',
    key_expired: 'the key had expired',
    app_blocked: 'an admin has blocked the app',
    user_suspended: 'the account was suspended',
  },
  otherReason: ({ code }: { code: string }) => `error ${code}`,
});
