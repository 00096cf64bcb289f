import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages about admin keys. */
export const adminKeys = (format: Format): Messages['adminKeys'] => ({
  title: 'Admin-Schlüssel',
  create: 'Admin-Schlüssel erstellen',
  meaning:
    'Für Ihre eigenen Skripte. Wer einen Admin-Schlüssel hat, kann als die Nutzer handeln, für die er gilt: Geben Sie jedem Schlüssel nur den Zugriff, den er braucht.',
  none: 'Keine aktiven Schlüssel',
  active: 'Aktiv',
  revoked: 'Widerrufen',
  older: 'Ältere',
  actsAs: 'Handelt als',
  anyUser: 'beliebiger Nutzer',
  startsWith: 'Schlüssel beginnt mit',
  created: 'Erstellt',
  createdBy: ({ day, user }) => html`${day} von ${user}`,
  lastUsed: 'Zuletzt verwendet',
  revoke: 'Widerrufen',
  revokeKey: ({ description }) => `Widerrufen: ${description}`,
  undo: 'Rückgängig',
  undoKey: ({ description }) => `Rückgängig: ${description}`,
  delete: 'Endgültig löschen',
  deleteKey: ({ description }) => `Endgültig löschen: ${description}`,
  modes: {
    global: 'Voller Zugriff auf alles, worauf seine Nutzer zugreifen können',
    read_only: 'Alles lesen, was seine Nutzer lesen können, und nichts ändern',
    granular: 'Nur ausgewählte Scopes',
  },
  unknownScope: 'Kein Zugriff: Diese Website hat diesen Scope nicht mehr',
  onlyWith: ({ parameter, values }) => html`nur bei ${parameter} = <bdi>${format.list(values)}</bdi>`,
  form: {
    title: 'Neuer Admin-Schlüssel',
    heading: 'Admin-Schlüssel erstellen',
    description: 'Beschreibung',
    descriptionHint:
      'Wofür der Schlüssel ist, damit Sie wissen, was nach einem Widerruf nicht mehr funktioniert.',
    username: 'Nutzer',
    usernameHint:
      'Der Nutzer, als der der Schlüssel handelt. Wenn das Feld leer ist, kann jede Anfrage einen beliebigen Nutzer nennen.',
    access: 'Zugriff',
    scopes: 'Scopes',
    scopesHint:
      'Für „Nur ausgewählte Scopes“. Trennen Sie Werte durch Kommas; der Scope erlaubt dann nur diese Werte. Wenn ein Feld leer ist, erlaubt er jeden Wert.',
    onlyIf: ({ parameter }) => `nur bei ${parameter} =`,
    scopeOnlyIf: ({ scope, parameter }) => `${scope}: nur bei ${parameter} =`,
    create: 'Schlüssel erstellen',
    allKeys: 'Alle Admin-Schlüssel',
  },
  createdKey: {
    title: 'Ihr neuer Admin-Schlüssel',
    heading: ({ description }) => html`Admin-Schlüssel für <bdi>${description}</bdi>`,
    onlyNow:
      'Der Schlüssel wird nur einmal angezeigt. Kopieren Sie ihn jetzt in Ihr Skript. Schreiben Sie ihn nie in eine Webseite oder App, die andere bekommen können.',
    access: 'Zugriff',
    allKeys: 'Alle Admin-Schlüssel',
  },
});
