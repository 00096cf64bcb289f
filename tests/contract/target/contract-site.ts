import { randomUUID } from 'node:crypto';
import { keyRequest, open } from '@valetkey/test-support/app-request';
import { type Browser, createBrowser } from '@valetkey/test-support/browser';
import { json } from '@valetkey/test-support/responses';
import type { ContractTarget } from './contract-target.ts';

interface CallOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a contract test does with a target: nothing that a client, a user or a script could not do over HTTP. */
export function createContractSite({
  baseUrl,
  send,
  signIn,
  settle = async () => {},
  findKeyId = findInProfile,
}: ContractTarget) {
  const browsers = new Map<string, Promise<Browser>>();

  /** Returns the browser in which a user is signed in; the same one each time. */
  function browserOf(username: string): Promise<Browser> {
    const browser = browsers.get(username) ?? signIn(username);
    browsers.set(username, browser);
    return browser;
  }

  return {
    url: baseUrl,
    send,
    /** Call it between a request that changes something with GET, or uses a key, and one that shows it. */
    settle,
    signIn,
    browserOf,
    newBrowser: () => createBrowser(send),
    /** Lets a user approve a request, and opens the payload as the client does. Each key has a client id of its own. */
    async issueKey(username: string, scopes: string, changes: Record<string, string> = {}): Promise<string> {
      const browser = await browserOf(username);
      const request = keyRequest({ client_id: randomUUID(), auth_redirect: null, scopes, ...changes });
      const response = await browser.send('POST', '/user-api-key.json', request);
      if (!response.ok) throw new Error(`No key was issued: ${response.status} ${await response.text()}`);
      return open((await json(response)).payload).key;
    },
    /** Returns the id of the user's key with this name. */
    findKeyId: async (username: string, applicationName: string): Promise<string> =>
      findKeyId(await browserOf(username), username, applicationName),
    /** Sends a request with a user API key. */
    call: (key: string, path: string, method = 'GET', { body, headers }: CallOptions = {}) =>
      send(path, {
        method,
        headers: { 'content-type': 'application/json', ...headers, 'user-api-key': key },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}

/** The profile of Discourse lists the keys of the user. */
async function findInProfile(browser: Browser, username: string, applicationName: string): Promise<string> {
  const { user } = await json(browser.get(`/u/${username}.json`));
  const keys: { id: number; application_name: string }[] = user.user_api_keys;
  const found = keys.find((one) => one.application_name === applicationName);
  if (found === undefined) throw new Error('The new key is not in the profile.');
  return String(found.id);
}

export type ContractSite = ReturnType<typeof createContractSite>;
