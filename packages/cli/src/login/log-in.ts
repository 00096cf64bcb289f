import { generateKeyPair, type LoginOptions, randomToken } from '@valetkey/client';
import { openPayload } from '@valetkey/protocol/open';
import { isEnvironmentKey } from '../keys/environment-key.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { networkOptions } from '../network.ts';
import { chooseClientId } from './choose-client-id.ts';
import { chooseLoginMethod, type LoginMethod } from './choose-login-method.ts';
import { findNamedSite } from './find-named-site.ts';
import { isContainer } from './is-container.ts';
import { checkProfile } from './mcp-profile.ts';
import { createReport } from './report.ts';
import { saveKey } from './save-key.ts';

/** The options of `valetkey login`. */
export interface LogInOptions {
  /** As `readSite` returns it. */
  readonly asked: string;
  readonly scopes: readonly string[];
  readonly applicationName: string;
  /** Name of the identity; null for the user name. */
  readonly name: string | null;
  readonly clientId: string | undefined;
  readonly expiresInSeconds: number | undefined;
  /** Null if the command chooses. */
  readonly method: LoginMethod | null;
  readonly opensBrowser: boolean;
  /** A profile of `@discourse/mcp` that also receives the key. */
  readonly profileFile: string | undefined;
  readonly isJson: boolean;
}

/** Requests a key, waits for the approval, stores the key and prints its user. */
export async function logIn(options: LogInOptions, signal: AbortSignal): Promise<void> {
  const { scopes, applicationName, name, expiresInSeconds, opensBrowser, profileFile } = options;
  const network = networkOptions(signal);
  // Checked before the approval: a file that cannot be written must not cost a key.
  if (profileFile !== undefined) checkProfile(profileFile);
  // These do not depend on each other. The key pair takes as long as the rest.
  const keyPair = generateKeyPair();
  const probe = findNamedSite(options.asked, network);
  const browserWay = import('./login-by-browser.ts');
  const { site, hasDeviceFlow } = await probe;
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
  if (ring.list().some((entry) => entry.site === site && isEnvironmentKey(entry)))
    console.error('VALETKEY_KEY is set and has priority over the stored key.');
}

function warnOfPlainHttp(site: string): void {
  const { protocol, hostname } = new URL(site);
  if (protocol === 'https:' || /^(localhost|127\..*|\[::1\])$/.test(hostname)) return;
  console.error(`Warning: ${site} is not encrypted; anyone on the network path can read the key.`);
}
