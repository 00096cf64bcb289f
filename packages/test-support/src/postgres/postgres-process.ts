import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgresPrograms } from './find-programs.ts';

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/** Options to start a process as the user `nobody`, if this one is root. */
export const unprivileged = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A PostgreSQL server of this test. */
export interface PostgresServer {
  /** Of its database `postgres`. */
  readonly url: string;
  /** Starts it again on the same port, with the same data. */
  start(): Promise<void>;
  /** Ends all connections and stops. */
  stop(): Promise<void>;
  /** Stops it like a crash. */
  kill(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

/** Creates an empty folder that the server owns. */
export function createDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-postgres-'));
  chmodSync(folder, 0o700);
  if (unprivileged.uid !== undefined) chownSync(folder, unprivileged.uid, unprivileged.gid);
  return folder;
}

/**
 * Starts a server on a free port.
 *
 * @param folder its data
 * @param options additional options of `postgres`
 */
export async function startPostgresProcess(
  folder: string,
  options: readonly string[],
): Promise<PostgresServer> {
  const port = await findFreePort();
  let end = async (_signal: NodeJS.Signals) => {};

  async function start(): Promise<void> {
    const flags = [
      '-D',
      folder,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      ...options,
    ];
    const server = spawn(join(findPostgresPrograms(), 'postgres'), flags, {
      ...unprivileged,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = once(server, 'exit');
    end = async (signal) => {
      server.kill(signal);
      await exited;
    };
    let log = '';
    await new Promise<void>((resolve, reject) => {
      server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        log = (log + chunk).slice(-10_000);
        // A standby accepts read-only ones.
        if (/ready to accept (?:read-only )?connections/.test(log)) resolve();
      });
      exited.then(() => reject(new Error(`PostgreSQL did not start: ${log}`)));
    });
  }

  const stop = () => end('SIGINT');
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    // PostgreSQL ends its processes at once, without a checkpoint.
    kill: () => end('SIGQUIT'),
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns a port that nothing uses now. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
