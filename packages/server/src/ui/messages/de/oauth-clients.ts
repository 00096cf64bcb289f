import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins register and block OAuth clients. */
export const oauthClients: Messages['oauthClients'] = {
  title: 'OAuth-Clients',
  meaning:
    'Apps, die OAuth oder die Anmeldung über OpenID Connect verwenden. Apps, die an einer URL erkannt werden, erscheinen hier, sobald ein Nutzer sie genehmigt. Sperren Sie eine App, um ihren Zugriff zu beenden.',
  none: 'Noch keine OAuth-Clients.',
  older: 'Ältere',
  registered: ({ app }) => html`<bdi>${app}</bdi> ist registriert. Tragen Sie diese Werte in der App ein:`,
  secretOnlyNow: 'Client-Geheimnis. Es wird nur jetzt angezeigt.',
  copySecret: 'Geheimnis kopieren',
  kinds: {
    registered: 'Von einem Admin registriert.',
    dynamic: 'Hat sich selbst registriert. Niemand hat den Namen geprüft.',
    document: 'Wird an der URL der Metadaten erkannt. Niemand hat den Namen geprüft.',
  },
  blocked: 'Gesperrt',
  blockEverywhere: ({ app }) => html`<span class="unseen">${app} </span>Auf der ganzen Website sperren…`,
  blockedEverywhere: ({ value, reason }) =>
    html`Die Sperre von <bdi>${value}</bdi> stoppt diese App auf der ganzen Website: „<bdi>${reason}</bdi>“.`,
  clientId: 'Client-ID',
  redirects: 'Weiterleitungen',
  authentication: 'Authentifizierung',
  public: 'keine, mit PKCE',
  confidential: 'Client-Geheimnis, mit PKCE',
  withoutPkce: 'Client-Geheimnis, PKCE optional',
  since: 'Seit',
  activeGrants: 'Aktive Verbindungen',
  block: 'Sperren',
  unblock: 'Entsperren',
  refresh: 'Metadaten neu laden',
  delete: 'Löschen',
  deleteMeaning:
    'Der Zugriff endet sofort. Eine App mit URL kann erneut genehmigt werden; sperren Sie sie, um sie fernzuhalten.',
  form: {
    heading: 'Client registrieren',
    name: 'Name',
    redirects: 'Weiterleitungs-URLs',
    redirectsHint:
      'Eine pro Zeile, genau wie die App sie sendet. http://127.0.0.1/callback erlaubt jeden Port.',
    afterSignOut: 'URLs für die Rückkehr nach dem Abmelden, falls die App sie verwendet. Eine pro Zeile.',
    kind: 'Wo läuft er?',
    public: 'Auf dem Gerät des Nutzers oder im Browser: Er kann kein Geheimnis bewahren.',
    confidential: 'Auf einem Server: Er erhält ein Geheimnis.',
    withoutPkce: 'Auf einem Server, mit Software ohne PKCE: Er erhält ein Geheimnis.',
    register: 'Registrieren',
  },
};
