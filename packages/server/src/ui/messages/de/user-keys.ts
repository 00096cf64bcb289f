import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin finds and revokes the keys of all users. */
export const userKeys = (format: Format): Messages['userKeys'] => ({
  title: 'Schlüssel der Nutzer',
  meaning: 'Die aktiven Schlüssel aller Nutzer. Verbindungen von OAuth-Apps sind eine eigene Art.',
  user: 'Nutzer',
  name: 'Name der App',
  clientId: 'Client-ID',
  redirect: 'Weiterleitung',
  scope: 'Berechtigung',
  kind: 'Art',
  unusedDays: 'Ungenutzt seit (Tagen)',
  expiresDays: 'Läuft ab in (Tagen)',
  any: 'Beliebig',
  show: 'Anzeigen',
  showAll: 'Alle anzeigen',
  none: 'Kein Schlüssel gefunden.',
  older: 'Ältere',
  export: 'Als CSV herunterladen',
  select: ({ app, user }) => `${app} von ${user} auswählen`,
  columns: {
    app: 'App',
    user: 'Nutzer',
    permissions: 'Berechtigungen',
    lastUsed: 'Zuletzt verwendet',
    expires: 'Läuft ab',
  },
  by: ({ kind, created }) => html`${kind}, seit ${created}`,
  revokeSelected: 'Ausgewählte Schlüssel widerrufen',
  revokeMatching: ({ count }) =>
    format.plural(count, {
      one: 'Den Schlüssel dieser Seite widerrufen',
      other: 'Alle # Schlüssel dieser Seite widerrufen',
    }),
  revokeMeaning: 'Widerrufene Schlüssel werden sofort ungültig. Nur ein Admin kann sie wiederherstellen.',
  revokeConnectionsMeaning: 'Widerrufene Verbindungen enden sofort. Ihre Apps müssen sich neu verbinden.',
  revoked: ({ count }) =>
    format.plural(count, { one: '# Schlüssel wurde widerrufen.', other: '# Schlüssel wurden widerrufen.' }),
});
