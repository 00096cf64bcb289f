import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The frame of the admin pages, and the overview. */
export const admin = (format: Format): Messages['admin'] => ({
  navigation: 'Schlüssel und Apps',
  pages: {
    overview: 'Übersicht',
    settings: 'Einstellungen',
    redirects: 'Weiterleitungen',
    keys: 'Schlüssel der Nutzer',
    adminKeys: 'Admin-Schlüssel',
    clients: 'Registrierte Apps',
    oauthClients: 'OAuth-Clients',
    tools: 'Tools für Agenten',
    blocks: 'Gesperrte Apps',
    audit: 'Auditprotokoll',
  },
  deletedUser: ({ id }) => html`gelöschter Nutzer (<bdi>${id}</bdi>)`,
  overview: {
    heading: 'Schlüssel und Apps',
    disabled: ({ setting }) =>
      html`Apps können keine Schlüssel anfordern: <code>${setting}</code> ist aus. Vorhandene Schlüssel gelten weiter.`,
    about: {
      settings: 'Berechtigungen, die Apps anfordern können, erlaubte Weiterleitungen, Ablauf und Limits.',
      redirects: 'Was ein Weiterleitungsmuster erlaubt, welche Apps es verwenden, und ein sichereres.',
      keys: 'Was für wen handelt: Finden Sie Schlüssel nach Nutzer, App, Berechtigung oder letzter Verwendung und widerrufen Sie sie.',
      adminKeys: 'Schlüssel für Ihre eigenen Skripte, mit vollem, lesendem oder einzeln gewähltem Zugriff.',
      clients: 'Apps, die sich einmal für alle ihre Nutzer registriert haben.',
      oauthClients: 'Apps, die OAuth verwenden oder Nutzer mit ihrem Konto auf dieser Website anmelden.',
      tools: 'Tools, die Agenten im Namen von Nutzern aufrufen. Schalten Sie einzelne aus.',
      blocks: 'Apps, die kein Nutzer dieser Website verwenden kann.',
      audit:
        'Wer wann und von welcher IP-Adresse etwas genehmigt, widerrufen, registriert oder geändert hat.',
    },
    usage: 'Anfragen mit Schlüsseln von Nutzern in den letzten 30 Tagen',
    unusual: 'Oft abgelehnt in den letzten 7 Tagen',
    refusedOften: ({ app, user, count }) =>
      html`${app} von ${user}: ${format.plural(count, { one: '# Anfrage', other: '# Anfragen' })}`,
    manyNetworks: 'Aus vielen Netzen verwendet in den letzten 7 Tagen',
    usedFrom: ({ app, user, count }) =>
      html`${app} von ${user}: ${format.plural(count, { one: '# Netz an einem Tag', other: '# Netze an einem Tag' })}`,
    changedSettings: ({ count }) =>
      count === 0
        ? 'Alles auf Standard'
        : format.plural(count, { one: '# Einstellung geändert', other: '# Einstellungen geändert' }),
    activeKeys: ({ count }) =>
      count === 0
        ? 'Keine aktiven Schlüssel'
        : format.plural(count, { one: '# aktiver Schlüssel', other: '# aktive Schlüssel' }),
    blockedApps: ({ count }) =>
      count === 0 ? 'Keine App ist gesperrt' : format.plural(count, { one: '# Sperre', other: '# Sperren' }),
    retention: ({ days }) =>
      format.plural(days, { one: '# Tag lang gespeichert', other: '# Tage lang gespeichert' }),
  },
});
