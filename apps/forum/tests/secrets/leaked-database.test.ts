import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBrowser } from '@valetkey/test-support/browser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createForum, type RunningForum } from '../../src/index.ts';
import { CHEAP_PASSWORDS } from '../../src/testing/start-test-site.ts';
import { json, PASSWORD } from '../test-forum.ts';
import { type BusySite, createBusySite } from './busy-site.ts';
import { guessesFrom, readEveryColumn } from './leaked-values.ts';
import { createSecretLedger } from './secret-ledger.ts';

const BASE = 'http://127.0.0.1:4800';
const NOW = Date.UTC(2026, 10, 23, 12);
const dataDir = mkdtempSync(join(tmpdir(), 'forum-leaked-'));
const ledger = createSecretLedger();
let forum: RunningForum;
let site: BusySite;
let columns: Map<string, string[]>;
let guesses: string[];
let visitors = 0;

/** Sends each request from another IP address, because a rate limit would hide an accepted value. */
function fetchAsStranger(path: string, init?: RequestInit): Promise<Response> {
  visitors += 1;
  const ipAddress = `10.${visitors >> 16}.${(visitors >> 8) & 255}.${visitors & 255}`;
  return forum.fetch(new Request(BASE + path, init), { ipAddress });
}

const open = () =>
  createForum({
    baseUrl: BASE,
    dataDir,
    now: () => NOW,
    passwordCost: CHEAP_PASSWORDS,
    push: { dangerouslyAllowPrivateAddresses: true },
  });

beforeAll(async () => {
  forum = await open();
  site = await createBusySite(fetchAsStranger, ledger, 'http://127.0.0.1:9/push');
  await forum.close();
  columns = new Map(
    ['valetkey.sqlite', 'forum.sqlite'].flatMap((file) => [...readEveryColumn(join(dataDir, file))]),
  );
  guesses = [...new Set([...columns.values()].flat().flatMap(guessesFrom))].filter((text) => text !== '');
  forum = await open();
});
afterAll(async () => {
  await forum.close();
  rmSync(dataDir, { recursive: true });
});

const isAccepted = async (path: string, headers: Record<string, string>): Promise<boolean> =>
  (await fetchAsStranger(path, { headers })).status === 200;
const isHeader = (text: string) => /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
/** Acts as alice with her cookie, so that only the tried value decides. */
const asAlice = async (path: string, values: Record<string, string>, csrfToken = site.live.csrfToken) => {
  const body = new URLSearchParams({ authenticity_token: csrfToken, ...values });
  return fetchAsStranger(path, { method: 'POST', body, headers: { cookie: site.live.cookie } });
};
const asDevice = async (path: string, values: Record<string, string>) =>
  json(
    fetchAsStranger(path, {
      method: 'POST',
      body: JSON.stringify(values),
      headers: { 'content-type': 'application/json' },
    }),
  );
async function askForToken(device_code: string): Promise<unknown> {
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const body = new URLSearchParams({ grant_type, device_code, client_id: 'tv' });
  return (await json(fetchAsStranger('/oauth/token', { method: 'POST', body }))).error;
}
/** Acts as the OAuth client with its secret, unless `values` replace it. */
async function isAcceptedFromClient(path: string, values: Record<string, string>): Promise<boolean> {
  const body = new URLSearchParams({ ...site.live.oauthClient, ...values });
  return (await fetchAsStranger(path, { method: 'POST', body })).status === 200;
}

interface Credential {
  /** A valid value, which proves that the request can succeed. */
  readonly real: () => string;
  readonly isAccepted: (text: string) => Promise<boolean>;
  /** Only values of this form are tried, where attempts of a user are limited. */
  readonly form?: RegExp;
}

const me = '/session/current.json';
const CREDENTIALS: Readonly<Record<string, Credential>> = {
  'User-Api-Key': {
    real: () => site.live.userKeys[0] ?? '',
    isAccepted: async (key) => isHeader(key) && isAccepted(me, { 'user-api-key': key }),
  },
  'Authorization: Bearer': {
    real: () => site.live.bearerKey,
    isAccepted: async (key) => isHeader(key) && isAccepted(me, { authorization: `Bearer ${key}` }),
  },
  'Api-Key': {
    real: () => site.live.adminKey,
    isAccepted: async (key) => isHeader(key) && isAccepted(me, { 'api-key': key, 'api-username': 'alice' }),
  },
  'address of a feed': {
    real: () => site.live.feedKey,
    isAccepted: (key) => isAccepted(`/u/alice/bookmarks.ics?user_api_key=${encodeURIComponent(key)}`, {}),
  },
  'session cookie': {
    real: () => site.live.cookie.split('=')[1] ?? '',
    isAccepted: async (id) => isHeader(id) && isAccepted(me, { cookie: `_forum_session=${id}` }),
  },
  'CSRF token': {
    real: () => site.live.csrfToken,
    isAccepted: async (token) =>
      (await asAlice('/calendar-subscriptions.json', { feed: 'x' }, token)).status !== 403,
  },
  'one-time password': {
    real: () => site.live.oneTimePassword,
    isAccepted: (password) => isAccepted(`/session/otp/${encodeURIComponent(password)}`, {}),
  },
  password: {
    real: () => PASSWORD,
    isAccepted: async (password) => {
      const mona = createBrowser(fetchAsStranger);
      return 'user' in (await json(mona.signIn('mona', password)));
    },
  },
  'device code': {
    real: () => site.live.deviceCode,
    isAccepted: async (device_code) =>
      /^author|^access/.test((await asDevice('/user-api-key/device/poll.json', { device_code })).status),
  },
  'device code, by OAuth': {
    real: () => site.live.deviceCode,
    // The code belongs to the other flow, whose response does not reveal it.
    isAccepted: async (code) => (await askForToken(code)) === 'invalid_grant',
  },
  'user code': {
    real: () => site.live.userCode,
    form: /^[a-z2-9]{4}-?[a-z2-9]{4}$/i,
    isAccepted: async (code) => {
      const answer = await asAlice('/user-api-key/activate.json', { code });
      expect(answer.status).toBe(200);
      return (await json(answer)).state === 'authorize';
    },
  },
  'approval token': {
    real: () => site.live.approvalToken,
    isAccepted: async (approval_token) =>
      (await json(asAlice('/user-api-key/device/authorize.json', { approval_token }))).state === 'complete',
  },
  'OAuth access token': {
    real: () => site.live.accessToken,
    isAccepted: async (token) =>
      isHeader(token) && isAccepted('/oauth/userinfo', { authorization: `Bearer ${token}` }),
  },
  'OAuth refresh token': {
    real: () => site.live.refreshToken,
    isAccepted: (refresh_token) =>
      isAcceptedFromClient('/oauth/token', { grant_type: 'refresh_token', refresh_token }),
  },
  'OAuth authorization code': {
    real: () => site.live.authorizationCode,
    isAccepted: (code) => {
      const values = { grant_type: 'authorization_code', code, code_verifier: site.live.codeVerifier };
      return isAcceptedFromClient('/oauth/token', values);
    },
  },
  'OAuth client secret': {
    real: () => site.live.oauthClient.client_secret,
    isAccepted: (client_secret) =>
      isAcceptedFromClient('/oauth/introspect', { client_secret, token: site.live.accessToken }),
  },
};

describe.each(Object.entries(CREDENTIALS))('leaked database', (name, credential) => {
  test(`finds nothing in it that is taken for: ${name}`, { timeout: 120_000 }, async () => {
    const { form = /^/ } = credential;
    for (const guess of guesses.filter((text) => form.test(text)))
      expect(await credential.isAccepted(guess), `one of ${guess.length} letters`).toBe(false);
    expect(await credential.isAccepted(credential.real())).toBe(true);
  });
});

test('the push secret is in the database, and so among the values that are tried', () => {
  const secrets = ledger.ofKind('push secret');
  expect(secrets).toHaveLength(1);
  expect(secrets.every((secret) => guesses.includes(secret))).toBe(true);
});

test('the secret that decrypts the signing keys is not in the database', () => {
  const secret = readFileSync(join(dataDir, 'openid-secret'), 'utf8');
  expect(guesses.filter((guess) => guess.includes(secret))).toEqual([]);
});

test('docs/security/leaked-database.md: describes exactly the columns of the tables', () => {
  const page = readFileSync(
    join(import.meta.dirname, '../../../../docs/security/leaked-database.md'),
    'utf8',
  );
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const spokenOf = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z_.]+)`/g)]);
  expect(spokenOf.map(([, name]) => name).sort()).toEqual([...columns.keys()].sort());
});

test('every table has rows while it is read', () => {
  const tables = Map.groupBy(columns, ([name]) => name.split('.')[0]);
  const empty = [...tables].filter(([, some]) => some.every(([, values]) => values.length === 0));
  expect(empty.map(([table]) => table)).toEqual([]);
});
