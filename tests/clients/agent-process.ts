import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fileOf } from './installed.ts';

/** Approves an authorization URL, and lets the redirect reach the client. */
type Approve = (url: string) => Promise<unknown>;

/**
 * Starts a client for MCP as a process with a home folder of its own, so that it finds no stored access. Approves each
 * authorization URL that it prints.
 */
export function startAgentProcess(file: string, args: readonly string[], approve: Approve) {
  const home = mkdtempSync(join(tmpdir(), 'valetkey-agent-'));
  // The client cannot open a browser: its programs are not in this folder.
  const env = {
    HOME: home,
    PATH: home,
    MCP_REMOTE_CONFIG_DIR: home,
    MCP_AUTO_OPEN_ENABLED: 'true',
    NO_COLOR: '1',
  };
  const child = spawn(process.execPath, [fileOf(file), ...args], { cwd: home, env, stdio: 'pipe' });
  let output = '';
  const approved = new Set<string>();
  const failure = Promise.withResolvers<never>();
  const read = (chunk: Buffer) => {
    output += chunk;
    for (const [url] of output.matchAll(/http\S+\/oauth\/authorize\?\S+(?=\s)/g)) {
      if (approved.has(url)) continue;
      approved.add(url);
      approve(url).catch(failure.reject);
    }
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  failure.promise.catch(() => {});
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true });
  });
  return {
    child,
    output: () => output,
    approved,
    /** Resolves with the exit code; rejects if an approval fails. */
    ended: Promise.race([ended, failure.promise]),
  };
}
