import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** How keys were used in the last 30 days. */
export const usage = (format: Format): Messages['usage'] => ({
  title: 'Nutzung in den letzten 30 Tagen',
  count: ({ count }) =>
    count === 0 ? 'Keine Anfragen' : format.plural(count, { one: '# Anfrage', other: '# Anfragen' }),
  chart: ({ count, most }) =>
    `${format.plural(count, { one: '# erlaubte Anfrage in 30 Tagen', other: '# erlaubte Anfragen in 30 Tagen' })}. Meiste Anfragen an einem Tag: ${most}.`,
  asTable: 'Als Tabelle anzeigen',
  day: 'Tag (UTC)',
  allowed: 'Erlaubt',
  refused: 'Abgelehnt',
  refusedTimes: ({ count, reason }) =>
    format.plural(count, {
      one: `In den letzten 7 Tagen einmal abgelehnt: ${reason}`,
      other: `In den letzten 7 Tagen #-mal abgelehnt: ${reason}`,
    }),
  reasons: {
    scope_insufficient: 'fehlende Berechtigung',
    rate_limited: 'zu viele Anfragen',
    address_not_allowed: 'nicht erlaubte IP-Adresse',
    key_not_allowed_in_url: 'Schlüssel in einem Link gesendet',
    key_revoked: 'Schlüssel widerrufen',
    key_expired: 'Schlüssel abgelaufen',
    app_blocked: 'App von einem Admin gesperrt',
    user_suspended: 'Konto gesperrt',
  },
  otherReason: ({ code }) => `Fehler ${code}`,
});
