import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin blocks apps on the whole site. */
export const blocks = (format: Format): Messages['blocks'] => ({
  title: 'Gesperrte Apps',
  meaning:
    'Eine gesperrte App erhält keine neuen Schlüssel, und ihre vorhandenen werden sofort ungültig. Sie gelten wieder, wenn Sie die Sperre aufheben.',
  none: 'Keine App ist gesperrt.',
  kinds: { client_id: 'Client-ID', host: 'Host der Weiterleitung oder Push-URL' },
  since: ({ at, by }) => html`${at}, von ${by}`,
  blockedSince: 'Gesperrt',
  reason: 'Grund',
  remove: 'Sperre aufheben',
  removeOf: ({ value }) => `Sperre von ${value} aufheben`,
  form: {
    heading: 'App sperren',
    kind: 'Welche Apps',
    hostHint:
      'Ein Host schließt seine Subdomains und alle Ports ein. Geben Sie myapp: ein für Apps, die Links mit eigenem Schema öffnen.',
    value: 'Client-ID oder Host',
    reason: 'Grund, den die Nutzer der App sehen',
    next: 'Weiter',
    invalid: 'Dies ist weder ein Host noch ein Schema wie myapp:',
    missing: 'Geben Sie ein, was gesperrt werden soll, und den Grund.',
  },
  confirm: {
    title: ({ value }) => html`${value} sperren?`,
    keys: ({ count }) =>
      count === 0
        ? 'Keine aktiven Schlüssel oder Verbindungen sind betroffen.'
        : format.plural(count, {
            one: '# aktiver Zugriff (Schlüssel oder Verbindung) wird sofort ungültig.',
            other: '# aktive Schlüssel und Verbindungen werden sofort ungültig.',
          }),
    apps: 'Betroffene Apps',
    perApp: ({ count }) => format.plural(count, { one: '# Schlüssel', other: '# Schlüssel' }),
    more: ({ count }) => format.plural(count, { one: 'und # weitere App', other: 'und # weitere Apps' }),
    shown: ({ reason }) => html`Ihre Nutzer sehen den Grund: „<bdi>${reason}</bdi>“`,
    block: 'Sperren',
    back: 'Zurück',
  },
});
