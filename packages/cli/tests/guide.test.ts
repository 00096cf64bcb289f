import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { StartedForum } from '@valetkey/forum';
import { signIn } from '@valetkey/test-support/sign-in';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileCache, main } from './run-command.ts';
import { startTestForum } from './test-forum.ts';

const root = join(import.meta.dirname, '../../..');
let started: StartedForum;
beforeAll(async () => {
  started = await startTestForum();
  const redirects = 'allowed_user_api_auth_redirects';
  await started.forum.valetkey.settings.set(redirects, 'discourse://auth_redirect|http://127.0.0.1/*');
});
afterAll(() => started.close());

/** Returns the lines of all command blocks, in order. */
function findCommands(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
}

/** Runs one line as a reader types it. */
async function run(line: string, folder: string, env: NodeJS.ProcessEnv) {
  const typed = line.replaceAll('forum.example', new URL(started.url).host);
  const child = spawn('bash', ['-c', typed], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  // alice approves as soon as a URL is printed.
  let isApproved = false;
  child.stderr.on('data', async () => {
    const address = /^ {2}(http\S+)\n/m.exec(said)?.[1];
    if (address === undefined || isApproved) return;
    isApproved = true;
    const alice = await signIn(started.url, 'alice');
    const form = Object.fromEntries(new URL(address).searchParams);
    const answer = await alice.send('POST', '/user-api-key.json', form);
    await fetch(((await answer.json()) as { redirect_url: string }).redirect_url);
  });
  const exitCode = await new Promise<number | null>((resolve) => void child.on('close', resolve));
  return { line, exitCode, said };
}

test.each(['packages/cli/README.md', 'docs/guides/command.md'])(
  'every command of %s: works as written',
  { timeout: 120_000 },
  async (document) => {
    const folder = mkdtempSync(join(tmpdir(), 'valetkey-guide-'));
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'valetkey'), `#!/bin/sh\nexec ${process.execPath} ${main} "$@"\n`);
    chmodSync(join(bin, 'valetkey'), 0o755);
    const env = {
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      XDG_CONFIG_HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      BROWSER: '/bin/true',
      NODE_COMPILE_CACHE: compileCache,
    };
    const commands = findCommands(document);
    expect(commands.length).toBeGreaterThan(4);
    for (const line of commands) expect(await run(line, folder, env)).toMatchObject({ line, exitCode: 0 });
    rmSync(folder, { recursive: true });
  },
);
