import { generateKeyPairSync } from 'node:crypto';
import { openPayload } from '@valetkey/protocol/open';
import type { ScopeDefinitions } from '@valetkey/server';
import { onTestFinished } from 'vitest';
import { createForum, type ForumOptions } from '../src/index.ts';
import { createBrowser, type Fetch } from './browser.ts';

export const BASE = 'http://forum.example';
export const PASSWORD = 'valetkey-demo';
/** The least that argon2 takes: these passwords protect nothing. */
export const CHEAP = { memoryCost: 8, timeCost: 1 };

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC_KEY = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const PRIVATE_KEY = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A seeded forum with a clock that a test moves; closed when the test ends. */
export async function createTestForum(
  options: {
    dataDir?: string;
    baseUrl?: string;
    push?: ForumOptions['push'];
    scopes?: ScopeDefinitions;
    accessLog?: ForumOptions['accessLog'];
  } = {},
) {
  const { dataDir = null, baseUrl = BASE, ...others } = options;
  let now = Date.UTC(2026, 10, 23, 12);
  const forum = await createForum({ ...others, dataDir, baseUrl, now: () => now, passwordCost: CHEAP });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await forum.close();
    isOpen = false;
  };
  onTestFinished(close);

  const fetch = (path: string, init?: RequestInit) =>
    forum.fetch(new Request(baseUrl + path, init), { address: '192.0.2.1' });
  return {
    forum,
    fetch,
    close,
    advance(ms: number) {
      now += ms;
    },
    browser: () => createBrowser(fetch),
    /** A browser in which this person has signed in. */
    async signedIn(username: string) {
      const browser = createBrowser(fetch);
      await browser.signIn(username, PASSWORD);
      return browser;
    },
    issueKey: (username: string, scopes: string, changes?: Record<string, string>) =>
      issueKeyAt(fetch, username, scopes, changes),
  };
}

export type TestForum = Awaited<ReturnType<typeof createTestForum>>;

/** Goes the way of an app whose person approves, and opens what it gets. */
export async function issueKeyAt(
  fetch: Fetch,
  username: string,
  scopes: string,
  changes: Record<string, string> = {},
): Promise<string> {
  const browser = createBrowser(fetch);
  await browser.signIn(username, PASSWORD);
  const answer = await browser.send('POST', '/user-api-key.json', {
    client_id: `client-${username}-${scopes}`,
    nonce: 'a-nonce',
    scopes,
    application_name: 'Plum Reader',
    public_key: PUBLIC_KEY,
    padding: 'oaep',
    ...changes,
  });
  const { payload } = (await answer.json()) as { payload: string };
  return (JSON.parse(await openPayload(payload, PRIVATE_KEY)) as { key: string }).key;
}

/** What is left of an answer when its type does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: tests read the wire's JSON as it comes
export const json = async (response: Response | Promise<Response>): Promise<any> => (await response).json();

/** What an app sends with its key. */
export const asApp = (key: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { 'content-type': 'application/json', ...init.headers, 'user-api-key': key },
});
