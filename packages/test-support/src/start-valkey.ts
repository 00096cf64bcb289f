import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { findFreePort } from './postgres/postgres-process.ts';

const PROGRAMS = ['/usr/bin/valkey-server', '/usr/bin/redis-server', '/usr/local/bin/redis-server'];

/** The server of this machine; null if none is installed. */
export const valkeyProgram = PROGRAMS.find((program) => existsSync(program)) ?? null;

/** A Valkey or Redis server of this test, which stores nothing on disk. */
export interface ValkeyServer {
  readonly url: string;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  /** Stops it with SIGKILL, like a crash. */
  kill(): Promise<void>;
  /** Stops and continues the process: it keeps its connections and does not respond. */
  pause(): void;
  resume(): void;
}

/** Starts a server on a free port. */
export async function startValkey(): Promise<ValkeyServer> {
  const port = await findFreePort();
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    if (valkeyProgram === null) {
      throw new Error('Neither Valkey nor Redis is installed. Install one: apt-get install redis-server.');
    }
    const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(valkeyProgram, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
    server = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        log += chunk;
        if (/ready to accept connections/i.test(log)) resolve();
      });
      child.once('exit', () => reject(new Error(`The server did not start: ${log}`)));
    });
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    async kill() {
      if (!server) return;
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
      server = null;
    },
    pause: () => void server?.kill('SIGSTOP'),
    resume: () => void server?.kill('SIGCONT'),
  };
}
