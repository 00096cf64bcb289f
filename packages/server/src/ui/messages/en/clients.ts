import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

type Client = { app: string };

/** The page about registered clients. */
export const clients = (format: Format) => ({
  title: 'Registered apps',
  meaning:
    'These apps registered themselves with a name, a public key and a redirect. Nobody reviewed them: a registration proves only that it is the same app each time.',
  closed: ({ setting }: { setting: Html }) => html`No app can register at present: ${setting} is empty.`,
  none: 'No registered apps.',
  noneOnThisPage: 'No registered apps on this page.',
  older: 'Older',
  unknownScope: 'No access: this site no longer has this scope',
  clientId: 'Client ID',
  keysSentTo: 'Keys will be sent to',
  invalidRedirect: ({ redirect }: { redirect: Html }) => html`invalid redirect: ${redirect}`,
  redirectNotAllowed:
    'The settings do not allow this redirect. This site rejects requests of the app that contain it.',
  redirectNotAddable:
    'The settings do not allow this redirect, and no pattern allows exactly this URL. Ask the developer to register another one.',
  allowRedirect: 'Allow this redirect',
  allowRedirectMeaning: ({ redirect }: { redirect: Html }) =>
    html`Any app may then request keys that are sent to ${redirect}. Check that the host belongs to an app that you trust. A similar name can belong to an attacker.`,
  registered: 'Registered',
  registeredFrom: ({ at, ipAddress }: { at: Html; ipAddress: string }) =>
    html`${at}, from <bdi>${ipAddress}</bdi>`,
  activeKeys: 'Active keys',
  block: ({ app }: Client) => html`Block<span class="unseen"> ${app}</span>…`,
  delete: ({ app }: Client) => html`Delete<span class="unseen"> ${app}</span>…`,
  deleteMeaning: ({ activeKeys }: { activeKeys: number }) =>
    activeKeys === 0
      ? 'No user has an active key of this app.'
      : format.plural(activeKeys, {
          one: 'One user has an active key of this app. It keeps working until it is revoked.',
          other: '# users have active keys of this app. They keep working until they are revoked.',
        }),
  deleteHint: 'The app must register again to get new keys. To keep it out, block it.',
  deleteRegistration: 'Delete the registration',
  deleteRegistrationOf: ({ app }: Client) => `Delete the registration of ${app}`,
  icon: {
    link: ({ app }: Client) => html`Icon<span class="unseen"> of ${app}</span>…`,
    title: ({ app }: Client) => `Icon of ${app}`,
    heading: ({ app }: Client) => html`Icon of <bdi>${app}</bdi>`,
    meaning:
      'Users see the icon beside the name when they approve the app, and in their list of apps. Users may think that you have verified an app with an icon: give icons only to apps that you trust. Another app of the same name does not get it.',
    withoutSecret:
      'This client has no secret. Users see its icon only if its redirect URL is an https page, because other programs can use its client id.',
    none: 'This app has no icon.',
    file: 'Picture',
    limits:
      'A square PNG, JPEG or WebP without animation: 16 to 1024 pixels, at most 64 KiB. It is shown at 40 by 40 pixels.',
    save: 'Save the icon',
    remove: 'Remove the icon',
  },
});
