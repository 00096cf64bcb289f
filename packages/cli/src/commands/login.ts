import { parseScopeList } from '@valetkey/protocol';
import { defineCommand, JSON_OPTION } from '../command.ts';
import { EXIT, Failure } from '../exit-codes.ts';
import type { Way } from '../login/decide-way.ts';
import { readDuration } from '../login/read-duration.ts';
import { readSite } from '../read-site.ts';
import { KNOWN_SCOPES } from '../site/known-scopes.ts';

export const login = defineCommand({
  name: 'login',
  summary: 'get a key: you approve in your browser, the key is kept here',
  usage: '<site> [--scopes LIST] [--expires TIME] [--as NAME]',
  completes: 'site',
  options: {
    scopes: {
      type: 'string',
      default: 'read',
      value: 'LIST',
      about: 'what the key may do, with commas: read, write, notifications, …; see `valetkey scopes <site>`',
      completes: Object.keys(KNOWN_SCOPES),
    },
    expires: { type: 'string', value: 'TIME', about: 'when the key ends by itself: 90m, 12h, 30d' },
    as: {
      type: 'string',
      value: 'NAME',
      about: 'a name for this identity, where you have several on one site',
      completes: 'identity',
    },
    name: {
      type: 'string',
      default: 'valetkey command',
      value: 'TEXT',
      about: 'what the site calls this application when it asks you',
    },
    device: {
      type: 'boolean',
      default: false,
      about: 'show a code to type on any other device; done by itself where no browser is at hand',
    },
    paste: {
      type: 'boolean',
      default: false,
      about: 'copy the answer by hand, as on a computer without a browser',
    },
    'no-browser': { type: 'boolean', default: false, about: 'only print the address' },
    'client-id': {
      type: 'string',
      value: 'ID',
      about: 'names this installation; a site keeps one key for each person and id',
    },
    'profile-out': {
      type: 'string',
      value: 'FILE',
      about: 'also write the key into a profile that @discourse/mcp reads',
      completes: 'file',
    },
    json: {
      ...JSON_OPTION,
      about: 'print one JSON object a line: what you have to do, then what came of it',
    },
  },
  details: `Makes a key pair, opens your browser at the site, and waits on an address of this computer until you have approved.
Where the site does not allow such an address, it asks you to copy the encrypted key from the page. Where no browser is at
hand (SSH, a container, no screen) and the site can do it, it shows a code that you type on your phone. You need no key
pair, no client id and no redirect of your own, and no admin has to set up anything.

The key goes into the system keychain, else into a file that you alone can read (VALETKEY_KEYCHAIN=off chooses the file).

Examples
  valetkey login forum.example
  valetkey login https://example.org/forum --scopes read,write --expires 30d
  valetkey login forum.example --as bot --scopes write
  valetkey login forum.example --profile-out mcp.json
  npx @discourse/mcp --profile mcp.json

If it does not work
  “unable to issue user API keys”: nearly always a scope that the site does not
    give out; ask for fewer (valetkey scopes <site>), or an admin adds it to
    allow_user_api_key_scopes.
  The page refuses the redirect: at allowed_user_api_auth_redirects; --paste
    does without it.
  Anything else: valetkey doctor <site>`,
  async run({ operands, values, signal }) {
    const [site, ...others] = operands;
    if (site === undefined || others.length > 0)
      throw new Failure(EXIT.usage, 'Name one site: valetkey login <site>');
    const options = {
      asked: readSite(site),
      scopes: parseScopeList(values.scopes),
      applicationName: values.name,
      name: values.as ?? null,
      clientId: values['client-id'],
      expiresInSeconds: values.expires === undefined ? undefined : readDuration(values.expires),
      opensBrowser: !values['no-browser'],
      way: readWay(values),
      profileFile: values['profile-out'],
      isJson: values.json,
    };
    const { logIn } = await import('../login/log-in.ts');
    await logIn(options, signal);
  },
});

function readWay(values: {
  readonly device: boolean;
  readonly paste: boolean;
  readonly 'no-browser': boolean;
}): Way | null {
  const { device, paste } = values;
  if (device && paste) throw new Failure(EXIT.usage, 'Choose one: --device or --paste');
  if (device) return 'device';
  if (paste) return 'paste';
  // Whoever wants the address printed means to open it.
  return values['no-browser'] ? 'browser' : null;
}
