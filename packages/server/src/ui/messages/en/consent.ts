import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

/** The pages on which a user decides about a key or a one-time password. */
export const consent = (format: Format) => ({
  title: ({ app }: { app: string }) => `Allow ${app}?`,
  heading: ({ app }: { app: string }) => html`Allow <bdi>${app}</bdi> to access your account?`,
  unverifiedApp: 'Unverified app: nobody has checked this name.',
  unknown: {
    check: 'Anyone can use this name. Approve only if all of this is true:',
    started: ({ app }: { app: string }) => html`You just started <bdi>${app}</bdi> yourself.`,
    host: ({ app, host }: { app: string; host: string }) =>
      html`<code class="host">${host}</code> is the website of <bdi>${app}</bdi>. Check every letter of it.`,
    needs: 'The app needs all of these permissions for what you want to do.',
  },
  scopes: 'The app will be able to',
  optionalScopes: 'You can deselect permissions. The app receives the list of those that you allow.',
  risks: { read: 'Read', change: 'Change', dangerous: 'High risk' },
  newScope: 'New',
  keySentTo: ({ destination }: { destination: Html }) =>
    html`If you approve, your browser sends the key to ${destination}.`,
  noExpiry: 'never; works until you revoke it',
  expiry: ({ at, seconds }: { at: Html; seconds: number }) => html`${at} (in ${format.duration(seconds)})`,
  earlier: 'Choose an earlier expiry',
  endsAfter: 'The key expires after',
  asRequested: 'the requested time',
  replaces: 'Replaces',
  replacedKey: ({ approved, lastUsed }: { approved: Html; lastUsed: Html | null }) =>
    lastUsed === null
      ? html`the key approved on ${approved}, never used; it will stop working`
      : html`the key approved on ${approved}, last used ${lastUsed}; it will stop working`,
  urlKey: 'Works in a link',
  urlKeyMeaning:
    'The key can be part of a URL, for example in a calendar app. Anyone who has that URL can read the same data. Revoke the key if somebody else gets the URL.',
  notifications: 'Notifications will be sent to',
  password: 'The app does not get your password.',
  declined: {
    title: 'Declined',
    meaning: ({ app }: { app: string }) =>
      html`<bdi>${app}</bdi> did not get access. If you change your mind, start again from the app.`,
    back: ({ site }: { site: string }) => `Back to ${site}`,
  },
  payload: {
    title: 'Copy this into the app',
    heading: ({ app }: { app: string }) => html`Copy this into <bdi>${app}</bdi>`,
    instructions: ({ app }: { app: string }) =>
      html`The key is encrypted: only <bdi>${app}</bdi> can read it. Copy the whole text and paste it there.`,
    label: 'Encrypted key',
    problem: 'If the app cannot read this text, start again from the app.',
  },
  oneTimePassword: {
    title: ({ app }: { app: string }) => `Let ${app} sign you in?`,
    heading: ({ app }: { app: string }) => html`Let <bdi>${app}</bdi> sign you in once?`,
    meaning: ({ site }: { site: string }) =>
      html`The app will get a link that opens ${site} as you, with full access to your account. The link works once,
        within 10 minutes.`,
    linkSentTo: ({ destination }: { destination: Html }) =>
      html`If you approve, your browser sends the link to ${destination}.`,
    toDecline: 'To decline, close this page.',
  },
});
