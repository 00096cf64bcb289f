import { describeRedirectPattern } from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Messages } from '../messages.ts';
import { errorTexts } from './common.ts';
import { redirectPatterns } from './redirect-patterns.ts';
import { settingDescriptions } from './setting-descriptions.ts';

/** The page with the settings. */
export const settings: Messages['settings'] = {
  title: 'Einstellungen',
  meaning:
    'Einstellungen, die es auch in Discourse gibt, heißen gleich. Änderungen gelten ab der nächsten Anfrage und stehen im Auditprotokoll.',
  sections: {
    requests: 'Anfragen von Apps',
    personal: 'Persönliche Schlüssel und Feeds',
    expiry: 'Ablauf von Schlüsseln',
    limits: 'Limits für Anfragen mit Schlüsseln',
    registration: 'Registrierung von Apps',
    oauth: 'OAuth',
    mcp: 'Agenten (MCP)',
    push: 'Push-Benachrichtigungen',
    origins: 'Webseiten anderer Websites',
    adminKeys: 'Admin-Schlüssel',
    audit: 'Auditprotokoll',
    other: 'Weitere',
  },
  sectionsOf: 'Abschnitte',
  all: 'Alle',
  search: 'Suche',
  onlyChanged: 'Nur Abweichungen vom Standard',
  show: 'Anzeigen',
  noMatch: 'Keine Einstellung gefunden.',
  differs: 'Geändert',
  changedBy: ({ by, ago }) => html`Zuletzt geändert von ${by}, ${ago}`,
  explainRedirects: 'Ein Muster ausprobieren und sehen, welche Apps es verwenden',
  describe: ({ setting }) => settingDescriptions[setting],
  describeRedirect: (pattern) => describeRedirectPattern(pattern, redirectPatterns),
  save: 'Speichern',
  notSaved: 'Nichts wurde gespeichert. Korrigieren Sie diese Einstellungen:',
  saved: ({ settings }) => html`Gespeichert: ${settings}.`,
  unchanged: 'Nichts wurde geändert.',
  describeMistake: (reason) =>
    reason.reason === 'changed_meanwhile'
      ? `Ein anderer Admin hat diese Einstellung auf „${reason.current}“ geändert. Speichern Sie erneut, um Ihren Wert zu verwenden.`
      : `Ungültiger Wert: ${describeReason(reason, errorTexts)}.`,
  secretLimits: 'Lassen Sie dieses Feld leer, um den aktuellen Wert zu behalten.',
  showSecret: ({ setting }) => html`Aktuellen Wert<span class="unseen"> von ${setting}</span> anzeigen`,
  range: ({ min, max }) => `Von ${min} bis ${max}.`,
  oneEach: 'Ein Eintrag pro Zeile.',
  default: ({ value }) => `Standard: ${value}.`,
  none: 'leer',
  on: 'ein',
  off: 'aus',
  allows: 'Was dies erlaubt',
};
