import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { open, PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { type SignedInUser, signIn } from '@valetkey/test-support/sign-in';
import { afterAll, expect, test } from 'vitest';

const APPROVALS = 200;
const CLIENTS = 5;
const KILL_EVERY = 20;

const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-kill-'));
let forum: ForumProcess;
afterAll(async () => {
  await forum?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function approve(alice: SignedInUser, clientId: string, nonce: string): Promise<string> {
  const form = {
    client_id: clientId,
    nonce,
    scopes: 'session_info',
    application_name: 'Kill test',
    public_key: PUBLIC_KEY,
    padding: 'oaep',
  };
  const response = await alice.send('POST', '/user-api-key.json', form);
  const { payload } = (await response.json()) as { payload: string };
  const opened = open(payload, 'oaep');
  expect(opened.nonce).toBe(nonce);
  return opened.key;
}

async function codeOf(key: string): Promise<string> {
  const response = await fetch(`${forum.url}/session/current.json`, { headers: { 'User-Api-Key': key } });
  return response.ok ? 'works' : ((await response.json()) as { code: string }).code;
}

test('kill -9 at any time of 200 approvals: loses no key that was issued, and replaces no key partially', {
  timeout: 120_000,
}, async () => {
  forum = await startForumProcess(dataDir);
  let alice = await signIn(forum.url, 'alice');
  const handedOut = new Map<string, string>();

  for (let count = 0; count < APPROVALS; count += 1) {
    const clientId = `client-${count % CLIENTS}`;
    const isKilled = count % KILL_EVERY === KILL_EVERY - 1;
    const approval = approve(alice, clientId, `nonce-${count}`);
    if (!isKilled) {
      handedOut.set(clientId, await approval);
      continue;
    }

    // Kills between the arrival of a request and its response, at a different time in each round.
    const outcome = approval.then((key) => handedOut.set(clientId, key)).catch(() => 'lost');
    await wait(Math.floor(count / KILL_EVERY));
    await forum.kill();
    const wasAnswered = (await outcome) !== 'lost';
    forum = await startForumProcess(dataDir);
    alice = await signIn(forum.url, 'alice');

    for (const [id, key] of handedOut) {
      // The approval whose response was lost may have replaced the earlier key, which is then revoked as replaced.
      const mayBeReplaced = id === clientId && !wasAnswered;
      expect(mayBeReplaced ? ['works', 'key_revoked'] : ['works']).toContain(await codeOf(key));
    }
    if (!wasAnswered) handedOut.delete(clientId);
    const { user } = (await (await alice.send('GET', '/u/alice.json')).json()) as {
      user: { user_api_keys: unknown[] };
    };
    expect(user.user_api_keys).toHaveLength(CLIENTS);
  }

  for (const key of handedOut.values()) expect(await codeOf(key)).toBe('works');
});
