import { type Browser, createBrowser } from '@valetkey/test-support/browser';
import { json } from '@valetkey/test-support/responses';
import type { ContractTarget } from './contract-target.ts';

/** Sends a request to a path of a provider; follows no redirect. */
export const createSend =
  (baseUrl: string): ContractTarget['send'] =>
  (path, init) =>
    fetch(baseUrl + path, { redirect: 'manual', ...init });

interface ControlOptions {
  /** Of all users. @default that of the demo forum */
  readonly password?: string | undefined;
  /** Gives the browser that changes settings and suspends users. @default a new one */
  readonly signInAdmin?: () => Promise<Browser>;
  readonly send?: ContractTarget['send'];
}

/** Controls a site with Discourse's paths over HTTP, as its users and its admin do. */
export function controlOverHttp(
  baseUrl: string,
  { password = 'valetkey-demo', signInAdmin, send = createSend(baseUrl) }: ControlOptions = {},
) {
  async function signIn(username: string): Promise<Browser> {
    const browser = createBrowser(send);
    const response = await browser.signIn(username, password);
    if (!response.ok) throw new Error(`${username} cannot sign in at ${baseUrl}: ${response.status}`);
    return browser;
  }

  let admin: Promise<Browser> | undefined;
  async function putAsAdmin(path: string, body: object): Promise<void> {
    admin ??= signInAdmin?.() ?? signIn('admin');
    const response = await (await admin).send('PUT', path, body);
    if (!response.ok) throw new Error(`PUT ${path}: ${response.status} ${await response.text()}`);
  }
  async function putUser(username: string, action: string, body: object): Promise<void> {
    const { user } = await json(send(`/u/${username}.json`));
    await putAsAdmin(`/admin/users/${user.id}/${action}.json`, body);
  }

  return {
    baseUrl,
    send,
    signIn,
    settings: {
      set: (name, value) => putAsAdmin(`/admin/site_settings/${name}.json`, { [name]: value }),
    },
    suspension: {
      suspend: (username, until = '2999-01-01') =>
        putUser(username, 'suspend', { suspend_until: until, reason: 'A contract test asks for it.' }),
      unsuspend: (username) => putUser(username, 'unsuspend', {}),
    },
  } satisfies Partial<ContractTarget>;
}
