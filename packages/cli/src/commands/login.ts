import { parseArgs } from 'node:util';
import {
  createConnection,
  type FetchOptions,
  openLogin,
  probeSite,
  SiteRefusal,
  ValetkeyError,
} from '@valetkey/client';
import { listenOnLoopback } from '@valetkey/client/node';
import { parseScopeList } from '@valetkey/protocol';
import { EXIT, Failure } from '../exit-codes.ts';
import { installationId, keyFilePath, listKeys, type StoredKey, storeKey } from '../key-file.ts';
import { networkOptions } from '../network.ts';
import { openBrowser } from '../open-browser.ts';
import { prepareLogin } from '../prepare-login.ts';
import { printable } from '../printable.ts';
import { readDuration } from '../read-duration.ts';
import { readSite } from '../read-site.ts';
import { waitForAnswer } from '../wait-for-answer.ts';

/** `valetkey login <site>`: asks for a key, waits for the person, keeps the key, says who it acts for. */
export async function login(args: string[], signal: AbortSignal): Promise<void> {
  const { asked, isPaste, opensBrowser, ...options } = readOptions(args);
  const network = networkOptions(signal);
  const { site } = await probeSite(asked, network);
  if (site !== asked) console.error(printable(`${asked} lives at ${site}.`));
  warnOfPlainHttp(site);

  const clientId = options.clientId ?? installationId();
  const receiver = isPaste ? null : await listenOnLoopback({ signal });
  try {
    const authRedirect = receiver?.authRedirect;
    const request = await prepareLogin({ ...options, site, clientId, authRedirect }, network);
    console.error(`Open this address in your browser, sign in, and approve:\n\n  ${request.login.url}\n`);
    if (opensBrowser) openBrowser(request.login.url);
    const answer = await waitForAnswer(request.isRedirected ? receiver : null, signal);
    const { key, expiresAt } = await openLogin(request.login, answer);
    await keep({ site, key, clientId, username: null, scopes: options.scopes, expiresAt }, network);
  } finally {
    receiver?.close();
  }
}

/** Stored before anything else is asked of the site: an approved key that nobody holds could not even be revoked. */
async function keep(granted: StoredKey, network: FetchOptions): Promise<void> {
  const earlier = listKeys().find(({ site }) => site === granted.site);
  storeKey(granted);
  console.error(`The key is kept in ${keyFilePath}, readable by you alone.`);
  // The site has replaced it if it was for the same person and client; if not, nobody here could use it any more.
  if (earlier)
    await createConnection({ ...earlier, ...network })
      .revoke()
      .catch(() => {});
  try {
    const { username } = await createConnection({ ...granted, ...network }).whoami();
    storeKey({ ...granted, username });
    console.log(printable(`You are ${username} on ${granted.site}.`));
  } catch (error) {
    if (!(error instanceof SiteRefusal || error instanceof ValetkeyError)) throw error;
    console.log(
      `You are logged in to ${granted.site}, which does not say as whom to a key with these scopes.`,
    );
  }
}

function warnOfPlainHttp(site: string): void {
  const { protocol, hostname } = new URL(site);
  if (protocol === 'https:' || /^(localhost|127\..*|\[::1\])$/.test(hostname)) return;
  console.error(
    `Careful: ${site} is not encrypted, so others on the way can read the key whenever it is used.`,
  );
}

function readOptions(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      scopes: { type: 'string', default: 'read' },
      name: { type: 'string', default: 'valetkey command' },
      expires: { type: 'string' },
      'client-id': { type: 'string' },
      'no-browser': { type: 'boolean', default: false },
      paste: { type: 'boolean', default: false },
    },
  });
  const [site, ...others] = positionals;
  if (site === undefined || others.length > 0)
    throw new Failure(EXIT.usage, 'Name one site: valetkey login <site>');
  return {
    asked: readSite(site),
    scopes: parseScopeList(values.scopes),
    applicationName: values.name,
    clientId: values['client-id'],
    expiresInSeconds: values.expires === undefined ? undefined : readDuration(values.expires),
    opensBrowser: !values['no-browser'],
    isPaste: values.paste,
  };
}
