import type { Browser } from '@valetkey/test-support/browser';
import { json } from '@valetkey/test-support/responses';
import type { ContractTarget } from './contract-target.ts';
import { controlOverHttp } from './control-over-http.ts';

/** Providers limit sign-ins, so tests share the browser of each user. */
const browsers = new Map<string, Promise<Browser>>();

/**
 * Reaches a provider that runs elsewhere: `VALETKEY_CONTRACT_URL`, with the users of `ContractTarget`, whose password is
 * `VALETKEY_CONTRACT_PASSWORD`. It has no clock, no pushes and no fresh state. `close` restores each changed setting.
 */
export async function connectRemoteTarget(baseUrl: string): Promise<ContractTarget> {
  const control = controlOverHttp(baseUrl, {
    password: process.env.VALETKEY_CONTRACT_PASSWORD,
    signInAdmin: () => signIn('admin'),
  });
  const signIn = (username: string): Promise<Browser> => {
    const browser = browsers.get(username) ?? control.signIn(username);
    browsers.set(username, browser);
    return browser;
  };
  const before = new Map<string, string>();
  const suspended = new Set<string>();

  async function remember(name: string): Promise<void> {
    const admin = await signIn('admin');
    const { site_settings } = await json(admin.get('/admin/site_settings.json'));
    const row = site_settings.find(({ setting }: { setting: string }) => setting === name);
    before.set(name, row.value);
  }

  return {
    ...control,
    signIn,
    isFresh: false,
    settings: {
      async set(name, value) {
        if (!before.has(name)) await remember(name);
        await control.settings.set(name, value);
      },
    },
    suspension: {
      async suspend(username, until) {
        suspended.add(username);
        // A suspension ends the sessions of the user.
        browsers.delete(username);
        await control.suspension.suspend(username, until);
      },
      unsuspend: control.suspension.unsuspend,
    },
    async close() {
      for (const username of suspended) await control.suspension.unsuspend(username);
      for (const [name, value] of before) await control.settings.set(name, value);
    },
  };
}
