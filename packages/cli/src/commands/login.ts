import { parseScopeList } from '@valetkey/protocol';
import { defineCommand, JSON_OPTION } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import type { LoginMethod } from '../login/choose-login-method.ts';
import { readDuration } from '../login/read-duration.ts';
import { readRequiredSite } from '../read-operands.ts';
import { KNOWN_SCOPES } from '../site/known-scopes.ts';

export const login = defineCommand({
  name: 'login',
  summary: 'get a key that you approve in your browser, and store it on this computer',
  usage: '<site> [--scopes LIST] [--expires TIME] [--as NAME]',
  completes: 'site',
  options: {
    scopes: {
      type: 'string',
      default: 'read',
      value: 'LIST',
      about:
        'what the key may do, separated by commas: read, write, notifications, …; see `valetkey scopes <site>`',
      completes: Object.keys(KNOWN_SCOPES),
    },
    expires: { type: 'string', value: 'TIME', about: 'time until the key expires: 90m, 12h, 30d' },
    as: {
      type: 'string',
      value: 'NAME',
      about: 'name for this identity, if you have several on one site',
      completes: 'identity',
    },
    name: {
      type: 'string',
      default: 'valetkey command',
      value: 'TEXT',
      about: 'application name shown on the consent page',
    },
    device: {
      type: 'boolean',
      default: false,
      about: 'show a code to type on another device; the default if no browser is available',
    },
    paste: {
      type: 'boolean',
      default: false,
      about: 'copy and paste the encrypted key, for example on a computer without a browser',
    },
    'no-browser': { type: 'boolean', default: false, about: 'print the URL and do not open it' },
    'client-id': {
      type: 'string',
      value: 'ID',
      about: 'id of this installation; a site keeps one key per user and id',
    },
    'profile-out': {
      type: 'string',
      value: 'FILE',
      about: 'also write the key to a profile of @discourse/mcp',
      completes: 'file',
    },
    json: {
      ...JSON_OPTION,
      about: 'print one JSON object per line: what to do, then the result',
    },
  },
  details: `Creates a key pair and opens the site in your browser. When you approve, the browser sends the key to a loopback URL of
this command. If the site does not allow loopback redirects, copy the encrypted key from the page. Without a browser
(SSH, container, no display), you can type a code on your phone, if the site supports that. You need no key pair, client id
or redirect of your own.

The key is stored in the system keychain, or in a file that only you can read (VALETKEY_KEYCHAIN=off selects the file).

Examples
  valetkey login forum.example
  valetkey login https://example.org/forum --scopes read,write --expires 30d
  valetkey login forum.example --as bot --scopes write
  valetkey login forum.example --profile-out mcp.json
  npx @discourse/mcp --profile mcp.json

Troubleshooting
  “unable to issue user API keys”: usually, the site does not grant a requested
    scope. Request fewer scopes (valetkey scopes <site>), or ask an admin to add
    the scope to allow_user_api_key_scopes.
  The site rejects the redirect: ask an admin to add it to
    allowed_user_api_auth_redirects, or use --paste.
  Anything else: valetkey doctor <site>`,
  async run({ operands, values, signal }) {
    const asked = readRequiredSite('login', operands);
    const options = {
      asked,
      scopes: parseScopeList(values.scopes),
      applicationName: values.name,
      name: values.as ?? null,
      clientId: values['client-id'],
      expiresInSeconds: values.expires === undefined ? undefined : readDuration(values.expires),
      opensBrowser: !values['no-browser'],
      method: readMethod(values),
      profileFile: values['profile-out'],
      isJson: values.json,
    };
    const { logIn } = await import('../login/log-in.ts');
    await logIn(options, signal);
  },
});

function readMethod(values: {
  readonly device: boolean;
  readonly paste: boolean;
  readonly 'no-browser': boolean;
}): LoginMethod | null {
  const { device, paste } = values;
  if (device && paste) throw new CliError(EXIT.usage, 'Choose one: --device or --paste');
  if (device) return 'device';
  if (paste) return 'paste';
  // A user who asks for the URL opens it in a browser.
  return values['no-browser'] ? 'browser' : null;
}
