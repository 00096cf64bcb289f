import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import { createErrorTexts } from '../error-texts.ts';
import type { Messages } from '../messages.ts';
import { errors } from './errors.ts';
import { reasons } from './reasons.ts';

/** The errors and reasons in German. */
export const errorTexts = createErrorTexts({ language: 'de', errors, reasons });

/** Texts of several pages, and of the error page. */
export const common: Messages['common'] = {
  signedInAs: ({ username }) => html`Sie sind als <strong><bdi>${username}</bdi></strong> angemeldet.`,
  language: 'Sprache',
  changeLanguage: 'Ändern',
  switchAccount: 'Nicht Sie? Konto wechseln',
  approve: 'Genehmigen',
  decline: 'Ablehnen',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  copyFailed:
    'Der Browser hat das Kopieren nicht erlaubt. Der Text ist markiert: Kopieren Sie ihn mit der Tastatur.',
  key: 'Schlüssel',
  copyKey: 'Schlüssel kopieren',
  tryIt: 'Befehl zum Testen',
  copyCommand: 'Befehl kopieren',
  yourApps: 'Ihre Apps',
  yourFeeds: 'Ihre Feeds',
  manageInApps: ({ link }) => html`Sie können den Zugriff jederzeit unter ${link('Ihre Apps')} widerrufen.`,
  lastUse: ({ ago, ipAddress, userAgent }) =>
    userAgent === null || userAgent === ''
      ? html`${ago}, von <bdi>${ipAddress}</bdi>`
      : html`${ago}, von <bdi>${ipAddress}</bdi> mit <bdi>${userAgent}</bdi>`,
  never: 'nie',
  expires: 'Läuft ab',
  dangerousScope: 'Hohes Risiko: Erlauben Sie dies nur, wenn Sie der App voll vertrauen.',
  destination: {
    thisPage: ({ app }) => html`eine Seite, von der Sie ihn in <bdi>${app}</bdi> kopieren`,
    thisComputer: ({ host }) => html`ein Programm auf diesem Computer (<code>${host}</code>)`,
    appLink: ({ scheme }) => html`eine App auf diesem Gerät, die <code>${scheme}:</code>-Links öffnet`,
  },
  error: {
    title: 'Etwas ist schiefgelaufen',
    code: ({ code }) => html`Fehlercode für die Entwickler der App: <code>${code}</code>`,
    describe: (code, details) => describeError(code, details, errorTexts),
  },
};
