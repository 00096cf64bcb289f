import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages on which a user decides about a key or a one-time password. */
export const consent = (format: Format): Messages['consent'] => ({
  title: ({ app }) => `${app} Zugriff erlauben?`,
  heading: ({ app }) => html`<bdi>${app}</bdi> den Zugriff auf Ihr Konto erlauben?`,
  unverifiedApp: 'Nicht überprüfte App: Sie hat diesen Namen selbst gewählt.',
  unknown: {
    check: 'Jeder kann diesen Namen verwenden. Genehmigen Sie nur, wenn all dies zutrifft:',
    started: ({ app }) => html`Sie haben <bdi>${app}</bdi> gerade selbst gestartet.`,
    host: ({ app, host }) =>
      html`<code class="host">${host}</code> ist die Website von <bdi>${app}</bdi>: Jeder Buchstabe stimmt.`,
    needs: 'Die App braucht all diese Berechtigungen für das, was Sie tun möchten.',
  },
  scopes: 'Die App darf',
  optionalScopes: 'Sie können Berechtigungen abwählen. Die App erhält die Liste derer, die Sie erlauben.',
  risks: { read: 'Lesen', change: 'Ändern', dangerous: 'Hohes Risiko' },
  newScope: 'Neu',
  keySentTo: ({ destination }) =>
    html`Wenn Sie genehmigen, sendet Ihr Browser den Schlüssel an ${destination}.`,
  noExpiry: 'nie; gilt, bis Sie ihn widerrufen',
  expiry: ({ at, seconds }) => html`${at} (Gültigkeit: ${format.duration(seconds)})`,
  earlier: 'Früheren Ablauf wählen',
  endsAfter: 'Gültigkeit des Schlüssels',
  asRequested: 'wie angefordert',
  replaces: 'Ersetzt',
  replacedKey: ({ approved, lastUsed }) =>
    lastUsed === null
      ? html`den am ${approved} genehmigten, nie verwendeten Schlüssel; er wird ungültig`
      : html`den am ${approved} genehmigten Schlüssel, zuletzt verwendet ${lastUsed}; er wird ungültig`,
  urlKey: 'In Links verwendbar',
  urlKeyMeaning:
    'Der Schlüssel kann Teil einer URL sein, zum Beispiel in einer Kalender-App. Jeder, der diese URL hat, kann dieselben Daten lesen. Widerrufen Sie den Schlüssel, wenn jemand anderes die URL erhält.',
  notifications: 'Benachrichtigungen gehen an',
  password: 'Die App erhält Ihr Passwort nicht.',
  declined: {
    title: 'Abgelehnt',
    meaning: ({ app }) =>
      html`<bdi>${app}</bdi> hat keinen Zugriff erhalten. Wenn Sie es sich anders überlegen, beginnen Sie in der App von vorn.`,
    back: ({ site }) => `Zurück zu ${site}`,
  },
  payload: {
    title: 'Kopieren Sie dies in die App',
    heading: ({ app }) => html`Kopieren Sie dies in <bdi>${app}</bdi>`,
    instructions: ({ app }) =>
      html`Der Schlüssel ist verschlüsselt: Nur <bdi>${app}</bdi> kann ihn lesen. Kopieren Sie den ganzen Text und fügen Sie ihn dort ein.`,
    label: 'Verschlüsselter Schlüssel',
    problem: 'Wenn die App diesen Text nicht lesen kann, beginnen Sie in der App von vorn.',
  },
  oneTimePassword: {
    title: ({ app }) => `Anmeldung durch ${app} erlauben?`,
    heading: ({ app }) => html`<bdi>${app}</bdi> erlauben, Sie einmal anzumelden?`,
    meaning: ({ site }) =>
      html`Die App erhält einen Link, der ${site} in Ihrem Namen öffnet, mit vollem Zugriff auf Ihr Konto. Der Link funktioniert
        nur einmal, innerhalb von 10 Minuten.`,
    linkSentTo: ({ destination }) =>
      html`Wenn Sie genehmigen, sendet Ihr Browser den Link an ${destination}.`,
    toDecline: 'Um abzulehnen, schließen Sie diese Seite.',
  },
});
