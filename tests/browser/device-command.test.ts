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

  /** alice opens the address that the command shows, types the code that it shows, and presses a button. */
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

  /** The command in a process of its own; `onCode` is called when it shows a code. */
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

  test('what she declines there ends the command here, and nothing is kept', async () => {
    const ended = await login('Decline', 'Declined');
    expect(ended).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('declined') });
    expect((await run(['list'])).stdout).toBe('');
  });

  test('what she approves there works here', async () => {
    const ended = await login('Approve', 'Your device is connected');
    expect(ended).toMatchObject({ exitCode: 0, stdout: `You are alice on ${forum.url}.\n` });
    const latest = await run(['request', 'GET', '/latest.json']);
    expect(JSON.parse(latest.stdout)).toHaveProperty('topic_list');
  });
});
