import { parseArgs } from 'node:util';
import {
  createConnection,
  createLogin,
  findRefusal,
  type GrantedKey,
  type Login,
  openLogin,
  probeSite,
} from '@valetkey/client';
import { type LoopbackReceiver, listenOnLoopback } from '@valetkey/client/node';
import { EXIT, Failure } from '../exit-codes.ts';
import { installationId, keyFilePath, storeKey } from '../key-file.ts';
import { openBrowser } from '../open-browser.ts';
import { printable } from '../printable.ts';
import { readDuration } from '../read-duration.ts';
import { readPaste } from '../read-paste.ts';
import { readSite } from '../read-site.ts';

/** `valetkey login <site>`: asks for a key, waits for the person, keeps the key, says who it acts for. */
export async function login(args: string[]): Promise<void> {
  const options = readOptions(args);
  await probeSite(options.site);
  const clientId = installationId();
  const receiver = options.isPaste ? null : await listenOnLoopback();
  try {
    const request = await prepare(receiver);
    const granted = await waitForAnswer(request.login, request.receiver);
    const { username } = await createConnection({ site: options.site, ...granted }).whoami();
    const { key, expiresAt } = granted;
    storeKey({ site: options.site, key, clientId, username, scopes: options.scopes, expiresAt });
    console.error(`The key is kept in ${keyFilePath}, readable by you alone.`);
    console.log(printable(`You are ${username} on ${options.site}.`));
  } finally {
    receiver?.close();
  }

  /** With the loopback redirect if the site takes it, else for copying. */
  async function prepare(
    loopback: LoopbackReceiver | null,
  ): Promise<{ login: Login; receiver: LoopbackReceiver | null }> {
    const made = await createLogin({ ...options, clientId, authRedirect: loopback?.authRedirect });
    const refusal = await findRefusal(made);
    if (refusal === null) return { login: made, receiver: loopback };
    // Older sites refuse without a code; what they refuse first is a redirect that an admin has not listed.
    if (loopback && (refusal.code === 'redirect_not_allowed' || refusal.code === null)) return prepare(null);
    throw new Failure(EXIT.refused, printable(refusal.message));
  }

  async function waitForAnswer(made: Login, loopback: LoopbackReceiver | null): Promise<GrantedKey> {
    console.error(`Open this address in your browser, sign in, and approve:\n\n  ${made.url}\n`);
    if (options.opensBrowser) openBrowser(made.url);
    const isPasteWanted = loopback === null || process.stdin.isTTY === true;
    console.error(
      loopback === null
        ? 'Then copy the encrypted key that the page shows, and paste it here:'
        : `Waiting for your approval …${isPasteWanted ? ' (or paste here the address that the browser ends at)' : ''}`,
    );
    const stop = new AbortController();
    const answers = [
      ...(loopback ? [loopback.answer] : []),
      ...(isPasteWanted ? [readPaste(stop.signal)] : []),
    ];
    const answer = await Promise.race(answers);
    stop.abort();
    return openLogin(made, answer);
  }
}

function readOptions(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      scopes: { type: 'string', default: 'read' },
      name: { type: 'string', default: 'valetkey command' },
      expires: { type: 'string' },
      'no-browser': { type: 'boolean', default: false },
      paste: { type: 'boolean', default: false },
    },
  });
  const [site, ...others] = positionals;
  if (site === undefined || others.length > 0)
    throw new Failure(EXIT.usage, 'Name one site: valetkey login <site>');
  return {
    site: readSite(site),
    scopes: values.scopes
      .split(',')
      .map((scope) => scope.trim())
      .filter((scope) => scope !== ''),
    applicationName: values.name,
    expiresInSeconds: values.expires === undefined ? undefined : readDuration(values.expires),
    opensBrowser: !values['no-browser'],
    isPaste: values.paste,
  };
}
