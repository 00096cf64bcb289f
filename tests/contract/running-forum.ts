import { type StartForumOptions, startForum } from '@valetkey/forum';
import type { SettingName, Store } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { createSqliteStore } from '@valetkey/server/store/sqlite';
import { ask, open } from '@valetkey/test-support/app-request';
import { type Browser, createBrowser } from '@valetkey/test-support/browser';
import { describe, expect, onTestFinished } from 'vitest';

const stores: Readonly<Record<string, () => Store>> = {
  memory: createMemoryStore,
  sqlite: () => createSqliteStore({ path: ':memory:' }),
};

/** The least that argon2 takes: these passwords protect nothing. */
const CHEAP = { memoryCost: 8, timeCost: 1 };

/** By which the store knows her: the third of the people that a forum is seeded with. */
export const ALICE_ID = '3';

type Options = Partial<Pick<StartForumOptions, 'feeds' | 'push' | 'scopes'>>;

/** A forum that listens on a port of this computer, with a clock that a test moves; closed when the test ends. */
async function startRunningForum(store: Store, options: Options) {
  let now = Date.UTC(2026, 10, 23, 12);
  const started = await startForum({
    ...options,
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    store,
    now: () => now,
    passwordCost: CHEAP,
  });
  onTestFinished(() => started.close());
  const { url, forum } = started;
  const browsers = new Map<string, Promise<Browser>>();

  const send = (path: string, init?: RequestInit) => fetch(url + path, { redirect: 'manual', ...init });

  async function signIn(username: string): Promise<Browser> {
    const browser = createBrowser(send);
    await browser.signIn(username, 'valetkey-demo');
    return browser;
  }

  /** The browser in which this person has signed in; the same one each time. */
  function browserOf(username: string): Promise<Browser> {
    const browser = browsers.get(username) ?? signIn(username);
    browsers.set(username, browser);
    return browser;
  }

  return {
    url,
    store,
    valetkey: forum.valetkey,
    send,
    browserOf,
    newBrowser: () => createBrowser(send),
    advance(ms: number) {
      now += ms;
    },
    /** A person approves in the browser, and the app opens the payload. */
    async issueKey(username: string, scopes: string, changes: Record<string, string> = {}): Promise<string> {
      const browser = await browserOf(username);
      const request = ask({ client_id: `client-${scopes}`, auth_redirect: null, scopes, ...changes });
      const { payload } = await json(browser.send('POST', '/user-api-key.json', request));
      return open(payload).key;
    },
    /** What an app with this key is answered. */
    call: (key: string, path: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}) =>
      send(path, {
        method,
        headers: { 'content-type': 'application/json', ...headers, 'user-api-key': key },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    /** As an admin does it. */
    async set(name: SettingName, value: unknown) {
      const admin = await browserOf('admin');
      const answer = await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
      expect(answer.status, await answer.text()).toBe(200);
    },
  };
}

export type RunningForum = Awaited<ReturnType<typeof startRunningForum>>;

/** Holds the promises of a section of PROTOCOL.md against a running forum: over sockets, once on each store. */
export function describeContract(
  section: string,
  promises: (start: (options?: Options) => Promise<RunningForum>) => void,
): void {
  describe.each(Object.entries(stores))(`PROTOCOL.md, ${section}, on %s`, (_name, createStore) =>
    promises((options = {}) => startRunningForum(createStore(), options)),
  );
}

/** What is left of an answer when its type does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: tests read the wire's JSON as it comes
export const json = async (answer: Response | Promise<Response>): Promise<any> => (await answer).json();

/** How a call was refused: `403 key_unknown`. An answer that is no refusal has no code. */
export async function refusal(answer: Response | Promise<Response>): Promise<string> {
  const response = await answer;
  const { code } = (await response.json()) as { code?: string };
  return `${response.status} ${code ?? 'without a code'}`;
}
