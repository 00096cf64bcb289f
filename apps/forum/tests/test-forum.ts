import type { ScopeDefinitions } from '@valetkey/server';
import { createBrowser } from '@valetkey/test-support/browser';
import { onTestFinished } from 'vitest';
import { createForum, type ForumOptions } from '../src/index.ts';
import { actAs } from '../src/testing/act-as.ts';
import { issueKey, type KeyOptions } from '../src/testing/issue-key.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';

export { json } from '@valetkey/test-support/responses';

export const BASE = 'http://forum.example';
export const PASSWORD = 'valetkey-demo';

/** Creates a seeded forum with a clock that the test advances. Closed when the test ends. */
export async function createTestForum(
  options: {
    dataDir?: string;
    databaseUrl?: string;
    valkeyUrl?: string;
    baseUrl?: string;
    push?: ForumOptions['push'];
    mail?: ForumOptions['mail'];
    store?: ForumOptions['store'];
    scopes?: ScopeDefinitions;
    accessLog?: ForumOptions['accessLog'];
  } = {},
) {
  const { dataDir = null, baseUrl = BASE, ...others } = options;
  let now = Date.UTC(2026, 10, 23, 12);
  const forum = await createForum({
    ...others,
    dataDir,
    baseUrl,
    now: () => now,
    passwordCost: CHEAP_PASSWORDS,
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await forum.close();
    isOpen = false;
  };
  onTestFinished(close);

  const fetch = (path: string, init?: RequestInit) =>
    forum.fetch(new Request(baseUrl + path, init), { ipAddress: '192.0.2.1' });
  return {
    forum,
    fetch,
    close,
    advance(ms: number) {
      now += ms;
    },
    browser: () => createBrowser(fetch),
    /** Returns a browser in which this user is signed in. */
    async signedIn(username: string) {
      const browser = createBrowser(fetch);
      await browser.signIn(username, PASSWORD);
      return browser;
    },
    issueKey: (username: string, scopes: string, request: Partial<KeyOptions> = {}) =>
      issueKey(
        actAs(forum, baseUrl, username),
        { scopes: scopes.split(','), applicationName: 'Plum Reader', ...request },
        baseUrl,
      ),
  };
}

export type TestForum = Awaited<ReturnType<typeof createTestForum>>;

/** Returns the request of an app with this key. */
export const asApp = (key: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { 'content-type': 'application/json', ...init.headers, 'user-api-key': key },
});
