import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillInSignIn, launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

describeInChromium('a command waits on one screen, alice has Chromium on another', () => {
  const home = mkdtempSync(join(tmpdir(), 'valetkey-device-'));
  let forum: ForumProcess;
  let browser: Browser;
  beforeAll(async () => {
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
  });
  afterAll(async () => {
    rmSync(home, { recursive: true });
    await Promise.all([browser?.close(), forum?.stop()]);
  });

  /** Opens the URL that the command prints, enters its code, and presses a button, as alice. */
  async function answer(stderr: string, button: 'Approve' | 'Decline', heading: string): Promise<void> {
    const [, address = '', code = ''] = /^ {2}(http\S+)\n\n {2}(\S+)$/m.exec(stderr) ?? [];
    const page = await browser.newPage();
    await page.goto(address);
    await fillInSignIn(page, 'alice');
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Allow Night watch to access your account?' }).waitFor();
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.close();
  }

  /** Runs the command in its own process; calls `onCode` when it prints a code. */
  async function run(args: readonly string[], onCode?: (stderr: string) => Promise<void>) {
    const env = { PATH: process.env.PATH, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
    const child = spawn(process.execPath, ['packages/cli/src/main.ts', ...args], { env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    const shown = new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
        if (stderr.includes('Waiting')) resolve();
      });
    });
    const ended = new Promise<number | null>((resolve) => void child.on('close', resolve));
    if (onCode) await shown.then(() => onCode(stderr));
    return { exitCode: await ended, stdout, stderr };
  }
  const login = (button: 'Approve' | 'Decline', heading: string) =>
    run(['login', forum.url, '--device', '--name', 'Night watch'], (stderr) =>
      answer(stderr, button, heading),
    );

  test('valetkey login --device: ends without a key if the user denies', async () => {
    const ended = await login('Decline', 'Declined');
    expect(ended).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('declined') });
    expect((await run(['list'])).stdout).toBe('');
  });

  test('valetkey login --device: gets a working key if the user approves', async () => {
    const ended = await login('Approve', 'Your device is connected');
    expect(ended).toMatchObject({ exitCode: 0, stdout: `You are alice on ${forum.url}.\n` });
    const latest = await run(['request', 'GET', '/latest.json']);
    expect(JSON.parse(latest.stdout)).toHaveProperty('topic_list');
  });
});
