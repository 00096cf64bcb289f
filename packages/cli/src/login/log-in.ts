import { type FetchOptions, openLogin, probeSite } from '@valetkey/client';
import { listenOnLoopback } from '@valetkey/client/node';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { networkOptions } from '../network.ts';
import { printable } from '../terminal/printable.ts';
import { chooseClientId } from './choose-client-id.ts';
import { keepKey } from './keep-key.ts';
import { checkProfile } from './mcp-profile.ts';
import { openBrowser } from './open-browser.ts';
import { prepareLogin } from './prepare-login.ts';
import { waitForAnswer } from './wait-for-answer.ts';

/** What a person asked for with `valetkey login`. */
export interface LogInOptions {
  /** As `readSite` spells it. */
  readonly asked: string;
  readonly scopes: readonly string[];
  readonly applicationName: string;
  /** Of the identity; null if it is to be called by the user name. */
  readonly name: string | null;
  readonly clientId: string | undefined;
  readonly expiresInSeconds: number | undefined;
  readonly opensBrowser: boolean;
  readonly isPaste: boolean;
  /** A profile of `@discourse/mcp` to write the key into as well. */
  readonly profileFile: string | undefined;
  readonly isJson: boolean;
}

/** Asks for a key, waits for the person, keeps the key, says who it acts for. */
export async function logIn(options: LogInOptions, signal: AbortSignal): Promise<void> {
  const network = networkOptions(signal);
  // Before anybody approves anything: what cannot be written must not cost a key.
  if (options.profileFile !== undefined) checkProfile(options.profileFile);
  const { site } = await probeSite(options.asked, network);
  if (site !== options.asked) console.error(printable(`${options.asked} lives at ${site}.`));
  warnOfPlainHttp(site);

  const ring = openKeyRing();
  const clientId = options.clientId ?? (await chooseClientId(ring, site, options.name));
  const granted = await askPerson({ ...options, site, clientId }, network, signal);
  await keepKey(
    { site, clientId, name: options.name, username: null, scopes: options.scopes, ...granted },
    { ring, network, profileFile: options.profileFile, isJson: options.isJson },
  );
}

/** By way of the browser on this computer, or of the person's clipboard. */
async function askPerson(
  options: LogInOptions & { readonly site: string; readonly clientId: string },
  network: FetchOptions,
  signal: AbortSignal,
): Promise<{ readonly key: string; readonly expiresAt: string | null }> {
  const receiver = options.isPaste ? null : await listenOnLoopback({ signal });
  try {
    const { site, scopes, applicationName, clientId, expiresInSeconds } = options;
    const asked = { site, scopes, applicationName, clientId, expiresInSeconds };
    const request = await prepareLogin({ ...asked, authRedirect: receiver?.authRedirect }, network);
    console.error(`Open this address in your browser, sign in, and approve:\n\n  ${request.login.url}\n`);
    if (options.opensBrowser) openBrowser(request.login.url);
    const answer = await waitForAnswer(request.isRedirected ? receiver : null, signal);
    const { key, expiresAt } = await openLogin(request.login, answer);
    return { key, expiresAt };
  } finally {
    receiver?.close();
  }
}

function warnOfPlainHttp(site: string): void {
  const { protocol, hostname } = new URL(site);
  if (protocol === 'https:' || /^(localhost|127\..*|\[::1\])$/.test(hostname)) return;
  console.error(
    `Careful: ${site} is not encrypted, so others on the way can read the key whenever it is used.`,
  );
}
