import { generateKeyPair, type LoginOptions, probeSite, randomToken } from '@valetkey/client';
import { openPayload } from '@valetkey/protocol/open';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { networkOptions } from '../network.ts';
import { printable } from '../terminal/printable.ts';
import { chooseClientId } from './choose-client-id.ts';
import { chooseLoginMethod, type LoginMethod } from './choose-login-method.ts';
import { isContainer } from './is-container.ts';
import { checkProfile } from './mcp-profile.ts';
import { createReport } from './report.ts';
import { saveKey } from './save-key.ts';

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
  /** Null if the command is to find out what fits. */
  readonly method: LoginMethod | null;
  readonly opensBrowser: boolean;
  /** A profile of `@discourse/mcp` to write the key into as well. */
  readonly profileFile: string | undefined;
  readonly isJson: boolean;
}

/** Asks for a key, waits for the person, keeps the key, says who it acts for. */
export async function logIn(options: LogInOptions, signal: AbortSignal): Promise<void> {
  const { scopes, applicationName, name, expiresInSeconds, opensBrowser, profileFile } = options;
  const network = networkOptions(signal);
  // Before anybody approves anything: what cannot be written must not cost a key.
  if (profileFile !== undefined) checkProfile(profileFile);
  // Begun together, for none of these waits for another: the key pair takes as long as all the rest.
  const keyPair = generateKeyPair();
  const probe = probeSite(options.asked, network);
  const browserWay = import('./login-by-browser.ts');
  const { site, hasDeviceFlow } = await probe;
  if (site !== options.asked) console.error(printable(`${options.asked} redirects to ${site}.`));
  warnOfPlainHttp(site);

  const ring = openKeyRing(signal);
  const clientId = options.clientId ?? (await chooseClientId(ring, site, name));
  const report = createReport(options.isJson);
  const crypto = { generateKeyPair: () => keyPair, randomToken, openPayload };
  const asked: LoginOptions = { site, scopes, applicationName, clientId, expiresInSeconds, crypto };
  const { env, platform } = process;
  const method = chooseLoginMethod({
    requested: options.method,
    hasDeviceFlow,
    env,
    platform,
    isContainer: isContainer(),
  });
  const { loginByBrowser } = await browserWay;
  const granted =
    method === 'device'
      ? await import('./login-by-device.ts').then(({ loginByDevice }) =>
          loginByDevice(asked, report, network),
        )
      : await loginByBrowser(asked, { opensBrowser, isPaste: method === 'paste', report }, network, signal);
  await saveKey(
    { site, clientId, name, username: null, scopes, ...granted },
    { ring, network, profileFile, report },
  );
}

function warnOfPlainHttp(site: string): void {
  const { protocol, hostname } = new URL(site);
  if (protocol === 'https:' || /^(localhost|127\..*|\[::1\])$/.test(hostname)) return;
  console.error(`Warning: ${site} is not encrypted; anyone on the network path can read the key.`);
}
