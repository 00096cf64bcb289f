import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page about registered clients. */
export const clients = (format: Format): Messages['clients'] => ({
  title: 'Registrierte Apps',
  meaning:
    'Diese Apps haben sich selbst mit Name, öffentlichem Schlüssel und Weiterleitung registriert. Niemand hat sie geprüft: Eine Registrierung beweist nur, dass es jedes Mal dieselbe App ist.',
  closed: ({ setting }) => html`Zurzeit kann sich keine App registrieren: ${setting} ist leer.`,
  none: 'Keine registrierten Apps.',
  noneOnThisPage: 'Keine registrierten Apps auf dieser Seite.',
  older: 'Ältere',
  unknownScope: 'Kein Zugriff: Diese Website hat diesen Scope nicht mehr',
  clientId: 'Client-ID',
  keysSentTo: 'Schlüssel gehen an',
  invalidRedirect: ({ redirect }) => html`ungültige Weiterleitung: ${redirect}`,
  redirectNotAllowed:
    'Die Einstellungen erlauben diese Weiterleitung nicht. Diese Website lehnt Anfragen der App ab, die sie enthalten.',
  redirectNotAddable:
    'Die Einstellungen erlauben diese Weiterleitung nicht, und kein Muster erlaubt genau diese URL. Bitten Sie die Entwickler, eine andere zu registrieren.',
  allowRedirect: 'Diese Weiterleitung erlauben',
  allowRedirectMeaning: ({ redirect }) =>
    html`Jede App kann dann Schlüssel anfordern, die an ${redirect} gesendet werden. Prüfen Sie, dass der Host zu einer App gehört, der Sie vertrauen. Ein ähnlicher Name kann einem Angreifer gehören.`,
  registered: 'Registriert',
  registeredFrom: ({ at, ipAddress }) => html`${at}, von <bdi>${ipAddress}</bdi>`,
  activeKeys: 'Aktive Schlüssel',
  block: ({ app }) => html`<span class="unseen">${app} </span>Sperren…`,
  delete: ({ app }) => html`<span class="unseen">${app} </span>Löschen…`,
  deleteMeaning: ({ activeKeys }) =>
    activeKeys === 0
      ? 'Kein Nutzer hat einen aktiven Schlüssel dieser App.'
      : format.plural(activeKeys, {
          one: 'Ein Nutzer hat einen aktiven Schlüssel dieser App. Er gilt weiter, bis er widerrufen wird.',
          other: '# Nutzer haben aktive Schlüssel dieser App. Sie gelten weiter, bis sie widerrufen werden.',
        }),
  deleteHint:
    'Die App muss sich neu registrieren, um neue Schlüssel zu erhalten. Um sie fernzuhalten, sperren Sie sie.',
  deleteRegistration: 'Registrierung löschen',
  deleteRegistrationOf: ({ app }) => `Registrierung von ${app} löschen`,
  icon: {
    link: ({ app }) => html`Symbol<span class="unseen"> von ${app}</span>…`,
    title: ({ app }) => `Symbol von ${app}`,
    heading: ({ app }) => html`Symbol von <bdi>${app}</bdi>`,
    meaning:
      'Nutzer sehen das Symbol neben dem Namen, wenn sie die App genehmigen, und in der Liste ihrer Apps. Die App wirkt dadurch geprüft: Geben Sie nur Apps ein Symbol, denen Sie vertrauen. Eine andere App mit demselben Namen erhält es nicht.',
    withoutSecret:
      'Dieser Client hat kein Secret. Sein Symbol erscheint nur, wenn die Antwort an eine Website geht, denn andere Programme können seine ID verwenden.',
    none: 'Diese App hat kein Symbol.',
    file: 'Bild',
    limits:
      'Ein quadratisches PNG, JPEG oder WebP ohne Animation: 16 bis 1024 Pixel, höchstens 64 KiB. Es wird mit 40 mal 40 Pixeln angezeigt.',
    save: 'Symbol speichern',
    remove: 'Symbol entfernen',
  },
});
