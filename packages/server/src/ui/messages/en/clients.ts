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
});
