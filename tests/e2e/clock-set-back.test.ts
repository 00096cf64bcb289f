import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyRequest, open } from '@valetkey/test-support/app-request';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import { startSteppedClock } from '@valetkey/test-support/start-stepped-clock';
import { expect, onTestFinished, test } from 'vitest';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const USES_PER_MINUTE = 20;

/** A forum process whose clock can be set, and a key of alice. */
async function start() {
  const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-clock-data-'));
  const clock = startSteppedClock();
  const restart = () => startForumProcess(dataDir, [], clock.nodeOptions);
  let forum = await restart();
  onTestFinished(async () => {
    await forum.stop();
    clock.remove();
    rmSync(dataDir, { recursive: true });
  });
  const alice = await signIn(forum.url, 'alice');
  const response = await alice.send(
    'POST',
    '/user-api-key.json',
    keyRequest({ auth_redirect: null, scopes: 'read' }),
  );
  const { key } = open(((await response.json()) as { payload: string }).payload);

  async function use(): Promise<{ status: number; retryAfter: number }> {
    const { status, headers } = await fetch(`${forum.url}/latest.json`, { headers: { 'User-Api-Key': key } });
    return { status, retryAfter: Number(headers.get('retry-after') ?? 0) };
  }
  return {
    clock,
    use,
    signIn: (password?: string) => signIn(forum.url, 'alice', password),
    async restart() {
      await forum.stop();
      forum = await restart();
    },
    async useUpMinute() {
      const statuses = new Set<number>();
      for (let count = 0; count < USES_PER_MINUTE; count += 1) statuses.add((await use()).status);
      expect([...statuses]).toEqual([200]);
      expect((await use()).status).toBe(429);
    },
    async lastUsedAt(): Promise<number> {
      const shown = await (await signIn(forum.url, 'alice')).send('GET', '/u/alice.json');
      const { user } = (await shown.json()) as { user: { user_api_keys: { last_used_at: string }[] } };
      return Date.parse(user.user_api_keys[0]?.last_used_at ?? '');
    },
  };
}

test('a key that used its limit when the clock is set back by an hour: is limited for the rest of its minute', async () => {
  const { clock, use, useUpMinute } = await start();
  await useUpMinute();
  clock.set(-HOUR);
  const limited = await use();
  expect(limited.status).toBe(429);
  expect(limited.retryAfter).toBeGreaterThan(0);
  expect(limited.retryAfter).toBeLessThanOrEqual(60);
  clock.pass(limited.retryAfter * 1000 + 1000);
  expect((await use()).status).toBe(200);
}, 60_000);

test.each(['while the forum runs', 'while it is stopped'])(
  'a clock that was a year ahead, set back %s: locks neither the key nor sign-in, and last use is not in the future',
  async (when) => {
    const { clock, use, useUpMinute, signIn, restart, lastUsedAt } = await start();
    clock.set(YEAR);
    await useUpMinute();
    for (let count = 0; count < 60; count += 1) await signIn('wrong').catch(() => {});
    await expect(signIn()).rejects.toThrow('429');
    clock.set(-YEAR);
    if (when === 'while it is stopped') await restart();

    // The first request after the step detects it. From then on a window lasts no longer than a minute.
    await use();
    await signIn().catch(() => {});
    clock.pass(61_000);
    expect((await use()).status).toBe(200);
    await signIn();
    expect(await lastUsedAt()).toBeLessThanOrEqual(clock.now());
  },
  120_000,
);
