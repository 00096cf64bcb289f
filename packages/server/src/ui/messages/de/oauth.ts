import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The consent page of OAuth clients, and their grants on the page of apps. */
export const oauth: Messages['oauth'] = {
  callsItself: ({ app }) => html`Die App nennt sich selbst „<bdi>${app}</bdi>“.`,
  describedBy: ({ host }) =>
    html`Niemand hat diesen Namen geprüft. Sicher ist nur die Adresse <code>${host}</code>.`,
  anyoneOnThisComputer:
    'Kein anderes Programm auf diesem Computer hat Sie hierher geschickt. Jedes davon kann diesen Namen verwenden.',
  otherComputer:
    'Läuft die App auf einem anderen Computer, kann Ihr Browser sie nicht erreichen. Lehnen Sie ab und melden Sie die App mit einem Code an. Kopieren Sie nie die Adresse, die Ihr Browser nach der Genehmigung anzeigt: Sie gibt Zugriff auf Ihr Konto.',
  refusedScopes: ({ scopes }) =>
    html`Die App hat auch Folgendes angefordert: ${scopes}. Diese Website gewährt Apps das nicht.`,
  answerSentTo: ({ destination }) =>
    html`Wenn Sie genehmigen, sendet Ihr Browser die Antwort an ${destination}.`,
  signIn: 'Die App erfährt',
  identity: {
    openid: 'dass Sie hier ein Konto haben, um Sie anzumelden',
    profile: 'Ihren Namen und Ihr Bild',
    email: 'Ihre E-Mail-Adresse',
  },
  connected: 'Schon verbunden seit',
  replace: 'Die früheren Verbindungen dieser App trennen',
  nextTime: 'Nächstes Mal',
  remember: 'Ohne erneute Frage bei dieser App anmelden, bis ich sie trenne',
  approved: 'Verbunden',
  clientId: 'Client-ID',
  signOut: {
    title: ({ site }) => `Von ${site} abmelden`,
    question: ({ site }) => html`Eine App möchte Sie von <bdi>${site}</bdi> abmelden.`,
    ownQuestion: ({ site }) => html`Möchten Sie sich von <bdi>${site}</bdi> abmelden?`,
    meaning: 'Verbundene Apps behalten ihren Zugriff.',
    button: 'Abmelden',
    done: 'Sie sind abgemeldet',
    doneMeaning: 'Sie können diese Seite schließen.',
  },
};
