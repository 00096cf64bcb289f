import { html } from 'hono/html';
import type { Html } from '../../html.ts';

/** The consent page of OAuth clients, and their grants on the page of apps. */
export const oauth = {
  callsItself: ({ app }: { app: string }) => html`The name that it sent is “<bdi>${app}</bdi>”.`,
  describedBy: ({ host }: { host: string }) =>
    html`Nobody has checked that name. Only the address <code>${host}</code> is certain.`,
  anyoneOnThisComputer: 'You are sure that no other program on this computer opened this page.',
  otherComputer:
    'If the app runs on another computer, your browser cannot reach it. Decline, and let the app sign in with a code. Never copy the address that your browser shows after you approve: it gives access to your account.',
  refusedScopes: ({ scopes }: { scopes: Html }) =>
    html`The app also requested ${scopes}. This site does not grant these permissions to apps.`,
  answerSentTo: ({ destination }: { destination: Html }) =>
    html`If you approve, your browser sends the response to ${destination}.`,
  signIn: 'The app will receive',
  identity: {
    openid: 'your user id on this site, to sign you in',
    profile: 'your name and your picture',
    email: 'your email address',
  },
  nextTime: 'Next time',
  remember: 'Sign me in to this app without asking again, until I disconnect it',
  connected: 'Connected since',
  replace: 'Disconnect the earlier connections of this app',
  approved: 'Connected',
  clientId: 'Client id',
  signOut: {
    title: ({ site }: { site: string }) => `Sign out of ${site}`,
    question: ({ site }: { site: string }) => html`An app asks to sign you out of <bdi>${site}</bdi>.`,
    ownQuestion: ({ site }: { site: string }) => html`Do you want to sign out of <bdi>${site}</bdi>?`,
    meaning: 'Apps that you have connected keep their access.',
    button: 'Sign out',
    done: 'You are signed out',
    doneMeaning: 'You can close this page.',
  },
};
