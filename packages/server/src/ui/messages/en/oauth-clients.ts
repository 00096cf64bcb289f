import { html } from 'hono/html';

/** The page on which admins register and block OAuth clients. */
export const oauthClients = {
  title: 'OAuth clients',
  meaning:
    'Apps that use OAuth or sign-in by OpenID Connect. Apps that are identified by a URL appear here when a user approves them. Block an app to end its access.',
  none: 'No OAuth clients yet.',
  older: 'Older',
  registered: ({ app }: { app: string }) =>
    html`<bdi>${app}</bdi> is registered. Enter these values in the app:`,
  secretOnlyNow: 'Client secret. It is shown only once, so copy it now.',
  copySecret: 'Copy the secret',
  kinds: {
    registered: 'Registered by an admin.',
    dynamic: 'It registered itself. Nobody has checked its name.',
    document: 'Identified by the URL of its metadata. Nobody has checked its name.',
  },
  blocked: 'Blocked',
  blockEverywhere: ({ app }: { app: string }) =>
    html`Block<span class="unseen"> ${app}</span> on the whole site…`,
  blockedEverywhere: ({ value, reason }: { value: string; reason: string }) =>
    html`The block on <bdi>${value}</bdi> stops this app on the whole site: “<bdi>${reason}</bdi>”.`,
  clientId: 'Client id',
  redirects: 'Redirects',
  authentication: 'Authentication',
  public: 'none, with PKCE',
  confidential: 'client secret, with PKCE',
  withoutPkce: 'client secret, PKCE optional',
  since: 'Since',
  activeGrants: 'Active connections',
  block: 'Block',
  unblock: 'Unblock',
  refresh: 'Load its metadata again',
  delete: 'Delete',
  deleteMeaning:
    'Its access ends at once. Users can approve an app again if its id is a metadata URL. Block it to prevent this.',
  form: {
    heading: 'Register a client',
    name: 'Name',
    redirects: 'Redirect URLs',
    redirectsHint:
      'One per line, exactly as the app sends them. http://127.0.0.1/callback allows every port.',
    afterSignOut: 'Redirect URLs after sign-out (optional). One per line.',
    kind: 'Where does it run?',
    public: 'On the user’s device or in a browser: it cannot keep a secret.',
    confidential: 'On a server: it gets a secret.',
    withoutPkce: 'On a server, with software that does not support PKCE: it gets a secret.',
    register: 'Register',
  },
};
