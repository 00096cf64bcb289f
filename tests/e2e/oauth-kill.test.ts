import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { createTestDatabase, type TestDatabase } from '@valetkey/test-support/postgres/test-database';
import { readTables } from '@valetkey/test-support/read-tables';
import { type SignedInUser, signIn } from '@valetkey/test-support/sign-in';
import { afterAll, expect, test } from 'vitest';

const KILL_EVERY = 20;
const CALLBACK = 'http://127.0.0.1/callback';

/** A database of the forum: how the forum is started with it, and all that it stores, as text. */
interface KilledDatabase {
  readonly options: readonly string[];
  readRows(): Promise<string>;
}

const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-oauth-kill-'));
let testDatabase: TestDatabase | null = null;
let database: KilledDatabase;
let forum: ForumProcess;
let alice: SignedInUser;
let clientId = '';
/** Every secret that a response or a request had. */
const secrets = new Set<string>();
afterAll(async () => {
  await forum?.stop();
  await testDatabase?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** Remembers a secret. Throws if a response had it before: nothing is issued twice. */
function isNew(secret: string): string {
  expect(secrets.has(secret)).toBe(false);
  secrets.add(secret);
  return secret;
}

async function start(): Promise<void> {
  forum = await startForumProcess(dataDir, database.options);
  alice = await signIn(forum.url, 'alice');
}

async function approve(verifier: string): Promise<string> {
  const response = await alice.send('POST', '/oauth/consent.json', {
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'session_info',
    shown_scopes: 'session_info',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const { redirect_url } = (await response.json()) as { redirect_url: string };
  return isNew(new URL(redirect_url).searchParams.get('code') ?? '');
}

/** Returns the tokens, or the error of the response. Rejects if there was none. */
async function token(values: Record<string, string>): Promise<Tokens | string> {
  const body = new URLSearchParams({ client_id: clientId, ...values });
  const response = await fetch(`${forum.url}/oauth/token`, { method: 'POST', body });
  const answer = (await response.json()) as Tokens & { error: string };
  if (!response.ok) return answer.error;
  isNew(answer.access_token);
  isNew(answer.refresh_token);
  return answer;
}

const redeem = (code: string, code_verifier: string) =>
  token({ grant_type: 'authorization_code', code, code_verifier, redirect_uri: CALLBACK });
const refresh = ({ refresh_token }: Tokens) => token({ grant_type: 'refresh_token', refresh_token });

async function works({ access_token }: Tokens): Promise<boolean> {
  const headers = { authorization: `Bearer ${access_token}` };
  return (await fetch(`${forum.url}/session/current.json`, { headers })).ok;
}

async function countGrants(): Promise<number> {
  const response = await alice.send('GET', '/u/alice.json');
  const { user } = (await response.json()) as { user: { user_api_keys: { application_name: string }[] } };
  return user.user_api_keys.filter(({ application_name }) => application_name === 'Kill test').length;
}

/** Sends a request, kills the forum before or after its response, and starts it again. Returns null if the response was lost. */
async function killDuring<Answer>(request: () => Promise<Answer>, delayMs: number): Promise<Answer | null> {
  const outcome = request().catch(() => null);
  await wait(delayMs);
  await forum.kill();
  const answer = await outcome;
  await start();
  return answer;
}

const sqlite = async (): Promise<KilledDatabase> => ({
  options: [],
  readRows: async () => JSON.stringify([...readTables(join(dataDir, 'valetkey.sqlite'))]),
});

async function postgres(): Promise<KilledDatabase> {
  testDatabase = await createTestDatabase();
  const { url, query } = testDatabase;
  return {
    options: ['--database-url', url],
    async readRows() {
      const tables = await query("SELECT tablename FROM pg_tables WHERE schemaname = 'valetkey'");
      const rows = tables.map(({ tablename }) => query(`SELECT * FROM valetkey.${tablename}`));
      return JSON.stringify(await Promise.all(rows));
    },
  };
}

test.each([
  ['SQLite', sqlite, 200],
  ['PostgreSQL', postgres, 60],
] as const)(
  'kill -9 at any time of authorizations, exchanges and refreshes on %s: no token is lost, issued twice, or live without approval',
  {
    timeout: 300_000,
  },
  async (_name, open, flows) => {
    database = await open();
    secrets.clear();
    await start();
    const admin = await signIn(forum.url, 'admin');
    for (const name of ['max_user_api_key_approvals_per_hour', 'max_app_user_api_keys']) {
      expect((await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: '1000' })).ok).toBe(
        true,
      );
    }
    const form = { name: 'Kill test', kind: 'public', redirect_uris: CALLBACK };
    const registered = await admin.send('POST', '/admin/oauth-clients.json', form);
    clientId = ((await registered.json()) as { client: { client_id: string } }).client.client_id;

    const live: Tokens[] = [];
    let revoked = 0;
    for (let flow = 0; flow < flows; flow += 1) {
      const round = Math.floor(flow / KILL_EVERY);
      // The request that is killed in this flow: the approval, the exchange or the refresh, in turn.
      const killed = flow % KILL_EVERY === KILL_EVERY - 1 ? round % 3 : -1;
      const run = <Answer>(step: number, request: () => Promise<Answer>) =>
        step === killed ? killDuring(request, round) : request();

      const verifier = isNew(randomBytes(32).toString('base64url'));
      const code = await run(0, () => approve(verifier));
      if (code === null) continue;
      const first = (await run(1, () => redeem(code, verifier))) ?? (await redeem(code, verifier));
      if (typeof first === 'string') {
        // The exchange was stored and its response lost. The second use ended the grant.
        expect([killed, first]).toEqual([1, 'invalid_grant']);
        revoked += 1;
        continue;
      }
      // A lost response of a refresh is repeated with the same token.
      const next = (await run(2, () => refresh(first))) ?? (await refresh(first));
      if (typeof next === 'string') throw new Error(`A refresh failed: ${next}`);
      live.push(next);
      expect(await works(next)).toBe(true);
    }

    expect(live.length + revoked).toBeGreaterThan(flows - flows / KILL_EVERY);
    expect(await countGrants()).toBe(live.length);
    for (const tokens of live) expect(await works(tokens)).toBe(true);

    await forum.stop();
    const rows = await database.readRows();
    expect(rows).toContain(clientId);
    const stored = [...secrets].filter((secret) => rows.includes(secret));
    expect(stored.length, 'secrets that are stored as text').toBe(0);
  },
);
