import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { open, PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { type SignedInUser, signIn } from '@valetkey/test-support/sign-in';
import { afterAll, expect, test } from 'vitest';

const GRANTS = 200;
/** Fits the rate limits between two restarts: ten codes a minute per user, and a restart resets the count. */
const DECISIONS_PER_ROUND = 32;
const USERS = ['alice', 'bob', 'mona', 'admin'];
/** Devices use many IP addresses, each with its own rate limit; all of 127/8 is this computer. */
const ADDRESSES = Array.from({ length: 25 }, (_, index) => `127.0.0.${index + 2}`);

const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-device-kill-'));
let forum: ForumProcess;
afterAll(async () => {
  await forum?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Device {
  readonly address: string;
  readonly clientId: string;
  readonly person: string;
  /** Whether the user will approve. */
  readonly isWanted: boolean;
  device_code: string;
  user_code: string;
  outcome: 'pending' | 'denied' | { readonly key: string };
}

/** Sends from the given local IP address, which `fetch` cannot. */
function postFrom(localAddress: string, path: string, body: unknown): Promise<Record<string, string>> {
  const agent = new Agent({ localAddress });
  const headers = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(forum.url + path, { method: 'POST', agent, headers }, async (response) => {
      try {
        const text = (await response.setEncoding('utf8').toArray()).join('');
        if (response.statusCode !== 200) throw new Error(`${path} returned ${response.statusCode}: ${text}`);
        resolve(JSON.parse(text));
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

async function ask(device: Device): Promise<void> {
  const answer = await postFrom(device.address, '/user-api-key/device.json', {
    application_name: 'Kill test',
    client_id: device.clientId,
    nonce: device.clientId,
    scopes: 'session_info',
    public_key: PUBLIC_KEY,
    padding: 'oaep',
  });
  device.device_code = answer.device_code ?? '';
  device.user_code = answer.user_code ?? '';
}

async function poll(device: Device): Promise<void> {
  const { device_code } = device;
  const { status, payload = '' } = await postFrom(device.address, '/user-api-key/device/poll.json', {
    device_code,
  });
  if (status === 'authorization_pending') return;
  if (status === 'access_denied') {
    device.outcome = 'denied';
    return;
  }
  expect(status, device.clientId).toBe('authorized');
  const { key, nonce } = open(payload, 'oaep');
  expect(nonce).toBe(device.clientId);
  device.outcome = { key };
}

async function decide({ user_code, isWanted }: Device, person: SignedInUser): Promise<void> {
  const typed = await person.send('POST', '/user-api-key/activate.json', { code: user_code });
  const { approval_token = '' } = (await typed.json()) as { approval_token?: string };
  const verb = isWanted ? 'authorize' : 'deny';
  await (await person.send('POST', `/user-api-key/device/${verb}.json`, { approval_token })).json();
}

test('kill -9 in every round of 200 device requests: each approved device has one key, and nothing is left over', {
  timeout: 240_000,
}, async () => {
  forum = await startForumProcess(dataDir);
  const devices: Device[] = Array.from({ length: GRANTS }, (_, index) => ({
    address: ADDRESSES[index % ADDRESSES.length] ?? '',
    clientId: `device-${index}`,
    person: USERS[index % USERS.length] ?? '',
    // Independent of users and rounds.
    isWanted: (index * 7) % 11 < 7,
    device_code: '',
    user_code: '',
    outcome: 'pending',
  }));
  await Promise.all(devices.map(ask));

  const pending = () => devices.filter(({ outcome }) => outcome === 'pending');
  for (let round = 0; pending().length > 0; round += 1) {
    expect(round, 'every round gets on').toBeLessThan(40);
    const users = new Map(
      await Promise.all(USERS.map(async (name) => [name, await signIn(forum.url, name)] as const)),
    );
    const now = pending().slice(0, DECISIONS_PER_ROUND);
    // The number of decisions before the kill, different in each round.
    const decisionsUntilCrash = Math.min(now.length, 8 + ((round * 7) % 23));
    let decisions = 0;
    const crash = Promise.withResolvers<void>();
    const underWay = now.flatMap((device) => {
      const person = users.get(device.person);
      if (!person) return [];
      const decision = decide(device, person).then(() => {
        decisions += 1;
        if (decisions === decisionsUntilCrash) crash.resolve(forum.kill());
      });
      return [decision, poll(device)];
    });
    const settled = Promise.allSettled(underWay);
    await crash.promise;
    await settled;
    forum = await startForumProcess(dataDir);
    // All devices poll again, also those with an answer: it is the same for a minute.
    await Promise.all(pending().map(poll));
  }

  for (const { isWanted, outcome, clientId } of devices) {
    expect(typeof outcome === 'object', clientId).toBe(isWanted);
  }
  const approved = devices.flatMap(({ outcome }) => (typeof outcome === 'object' ? [outcome.key] : []));
  expect(new Set(approved).size).toBe(devices.filter(({ isWanted }) => isWanted).length);
  for (const key of approved) {
    const answer = await fetch(`${forum.url}/session/current.json`, { headers: { 'User-Api-Key': key } });
    expect(answer.status).toBe(200);
  }
  await forum.stop();

  const path = join(dataDir, 'valetkey.sqlite');
  const store = createSqliteStore({ path });
  const database = new DatabaseSync(path);
  const count = (sql: string) => Number(database.prepare(sql).get()?.count);
  // An active key for each approved device, and no replaced one.
  expect(count('SELECT count(*) AS count FROM user_api_keys')).toBe(approved.length);
  expect(count('SELECT count(*) AS count FROM user_api_keys WHERE revoked_at IS NULL')).toBe(approved.length);
  const undecided =
    "SELECT count(*) AS count FROM device_grants WHERE state = 'pending' OR request IS NOT NULL";
  expect(count(undecided)).toBe(0);
  await store.deleteExpiredGrants(Date.now() + 660_000);
  expect(count('SELECT count(*) AS count FROM device_grants')).toBe(0);
  database.close();
  await store.close();
});
