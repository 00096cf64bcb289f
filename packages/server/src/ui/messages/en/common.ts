import type { ErrorCode, ErrorDetails } from '@valetkey/protocol';
import { describeError, type ErrorDescription } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Html } from '../../html.ts';

/** Texts of several pages, and of the error page. */
export const common = {
  signedInAs: ({ username }: { username: string }) =>
    html`You are signed in as <strong><bdi>${username}</bdi></strong>.`,
  language: 'Language',
  changeLanguage: 'Change',
  switchAccount: 'Not you? Switch account',
  approve: 'Approve',
  decline: 'Decline',
  copy: 'Copy',
  copied: 'Copied.',
  copyFailed: 'The browser did not allow copying. The text is selected: copy it with the keyboard.',
  key: 'Key',
  copyKey: 'Copy the key',
  tryIt: 'Test command',
  copyCommand: 'Copy the command',
  yourApps: 'Your apps',
  yourFeeds: 'Your feeds',
  manageInApps: ({ link }: { link: (text: string) => Html }) =>
    html`You can revoke access at any time in ${link('your apps')}.`,
  lastUse: ({ ago, ipAddress, userAgent }: { ago: Html; ipAddress: string; userAgent: string | null }) =>
    userAgent === null || userAgent === ''
      ? html`${ago}, from <bdi>${ipAddress}</bdi>`
      : html`${ago}, from <bdi>${ipAddress}</bdi> with <bdi>${userAgent}</bdi>`,
  never: 'never',
  expires: 'Expires',
  dangerousScope: 'High risk: allow this only if you fully trust the app.',
  destination: {
    thisPage: ({ app }: { app: string }) =>
      html`a page of this site, where you copy it for <bdi>${app}</bdi>`,
    thisComputer: ({ host }: { host: string }) => html`a program on this computer (<code>${host}</code>)`,
    appLink: ({ scheme }: { scheme: string }) =>
      html`an app on this device that opens <code>${scheme}:</code> links`,
  },
  error: {
    title: 'Something went wrong',
    code: ({ code }: { code: string }) =>
      html`Error code, for the developer of the app: <code>${code}</code>`,
    describe: (code: ErrorCode, details: ErrorDetails): ErrorDescription => describeError(code, details),
  },
};
