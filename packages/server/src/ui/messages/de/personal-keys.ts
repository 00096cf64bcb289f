import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The form for a personal key, and the page that shows a new one. */
export const personalKeys = (format: Format): Messages['personalKeys'] => ({
  form: {
    title: 'Neuer Schlüssel',
    heading: 'Persönlichen Schlüssel erstellen',
    meaning:
      'Für Ihr eigenes Skript oder Programm. Jeder, der den Schlüssel hat, kann im Rahmen der gewählten Berechtigungen in Ihrem Namen handeln.',
    name: 'Name',
    scopes: 'Berechtigungen',
    dangerousScope: 'Hohes Risiko: Bewahren Sie diesen Schlüssel so sicher auf wie Ihr Passwort.',
    expiry: 'Gültigkeit',
    days: ({ days }) => format.duration(days * 86_400),
    noExpiry: 'Unbegrenzt',
    ipAddresses: 'Erlaubte IP-Adressen (optional)',
    ipAddressesHint: ({ ipAddress }) =>
      html`IP-Adressen und Netze wie 203.0.113.7 oder 2001:db8::/32, durch Leerzeichen getrennt. Ihre ist
        <bdi>${ipAddress}</bdi>. Wenn das Feld leer ist, gilt der Schlüssel von jeder IP-Adresse.`,
    forAgents:
      'Auch für Agenten: Ein von einem Sprachmodell gesteuertes Programm darf diesen Schlüssel über MCP verwenden.',
    create: 'Schlüssel erstellen',
  },
  created: {
    title: 'Ihr neuer Schlüssel',
    rotatedTitle: 'Schlüssel rotiert',
    heading: ({ name }) => html`Ihr Schlüssel für <bdi>${name}</bdi>`,
    environment: 'Für .env und den Befehl valetkey',
    copyEnvironment: 'Zeilen für .env kopieren',
    onlyNow:
      'Der Schlüssel wird nur einmal angezeigt. Kopieren Sie ihn jetzt und geben Sie ihn nicht weiter.',
    oldKeyWorksUntil: ({ until }) =>
      html`Der alte Schlüssel gilt bis ${until}. Ersetzen Sie ihn vorher überall.`,
    oldKeyStopped: 'Der alte Schlüssel gilt nicht mehr. Ersetzen Sie ihn überall.',
    expires: ({ at }) => html`Dieser Schlüssel läuft am ${at} ab.`,
    neverExpires: 'Dieser Schlüssel läuft nicht ab.',
    revoke: ({ link }) => html`Sie können ihn unter ${link('Ihre Apps')} widerrufen.`,
  },
});
