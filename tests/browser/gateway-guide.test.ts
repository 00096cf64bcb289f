import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../tools/source-tree.ts';
import { launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

const guide = readFileSync(join(root, 'docs/guides/gateway.md'), 'utf8');

/** Returns the file of the guide that begins with a comment with its name. */
function readFile(name: string): string {
  const found = [...guide.matchAll(/```\w+\n([\s\S]*?)```/g)].find(([, text = '']) =>
    text.split('\n', 1)[0]?.endsWith(name),
  );
  if (!found?.[1]) throw new Error(`The guide has no file ${name}.`);
  return found[1];
}

const SERVICES = {
  'service.py': ['python3', (port: number) => ['service.py', String(port)]],
  'service.php': ['php', (port: number) => ['-S', `127.0.0.1:${port}`, 'service.php']],
} as const;

describeInChromium('docs/guides/gateway.md', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  describe.each(['service.py', 'service.php'] as const)('%s', (file) => {
    const folder = mkdtempSync(join(tmpdir(), 'valetkey-guide-'));
    const children: ChildProcess[] = [];
    let url: string;

    function start(program: string, args: readonly string[]) {
      const env = { PATH: process.env.PATH, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder };
      const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      children.push(child);
      return child;
    }

    beforeAll(async () => {
      const [servicePort, gatewayPort] = [await findFreePort(), await findFreePort()];
      writeFileSync(join(folder, file), readFile(file));
      const config = readFile('valetkey.yaml')
        .replaceAll('8080', String(servicePort))
        .replaceAll('8443', String(gatewayPort));
      writeFileSync(join(folder, 'valetkey.yaml'), config);
      const [program, argsFor] = SERVICES[file];
      start(program, argsFor(servicePort));
      url = `http://127.0.0.1:${gatewayPort}`;
      const main = join(root, 'packages/gateway/src/main.ts');
      const check = start(process.execPath, [main, '--config', 'valetkey.yaml', '--check']);
      expect(await once(check, 'exit')).toEqual([0, null]);
      const gateway = start(process.execPath, [main, '--config', 'valetkey.yaml']);
      await once(createInterface({ input: gateway.stdout }), 'line');
    });
    afterAll(() => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });

    /** Runs the command; calls `onUrl` with the address that it wants to be opened. */
    async function valetkey(args: readonly string[], onUrl?: (address: string) => Promise<void>) {
      const child = start(process.execPath, [join(root, 'packages/cli/src/main.ts'), ...args]);
      const ended = once(child, 'close');
      let [stdout, stderr] = ['', ''];
      let opened: Promise<void> | null = null;
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
        const [address] = /http\S+user-api-key\/new\S+(?=\s)/.exec(stderr) ?? [];
        if (address && onUrl) opened ??= onUrl(address);
      });
      const [exitCode] = await ended;
      await opened;
      return { exitCode, stdout, stderr };
    }

    async function approve(address: string): Promise<void> {
      const page = await browser.newPage();
      await page.goto(address);
      await page.getByLabel('Username').fill('alice');
      await page.getByLabel('Password').fill('plum');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Read your notes').waitFor();
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.waitForURL(/127\.0\.0\.1:\d+\/\S*/);
      await page.close();
    }

    test('consent in Chromium, request, refusal with its reason, revocation', async () => {
      const login = await valetkey(['login', url, '--scopes', 'notes_read', '--no-browser'], approve);
      expect(login).toMatchObject({ exitCode: 0, stdout: `You are alice on ${url}.\n` });
      const read = await valetkey(['request', 'GET', '/api/notes']);
      expect(JSON.parse(read.stdout)).toEqual({ reader: 'alice', notes: ['The plums are ripe.'] });
      const refused = await valetkey(['request', 'POST', '/api/notes']);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stderr).toMatch(/do not allow this request; the key has notes_read/);
      const key = (await valetkey(['token'])).stdout.trim();
      expect((await fetch(`${url}/api/notes`, { headers: { 'User-Api-Key': key } })).status).toBe(200);
      expect((await valetkey(['logout'])).exitCode).toBe(0);
      const revoked = await fetch(`${url}/api/notes`, { headers: { 'User-Api-Key': key } });
      expect(await revoked.json()).toMatchObject({ code: 'key_revoked' });
    });
  });
});

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
