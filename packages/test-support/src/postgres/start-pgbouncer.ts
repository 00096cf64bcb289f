import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, unprivileged } from './postgres-process.ts';

const PROGRAM = '/usr/sbin/pgbouncer';

/** Starts pgbouncer in transaction mode in front of a database; null if it is not installed. */
export async function startPgbouncer(
  databaseUrl: string,
): Promise<{ readonly url: string; stop(): Promise<void> } | null> {
  if (!existsSync(PROGRAM)) return null;
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-pgbouncer-'));
  chmodSync(folder, 0o755);
  const ownPort = await findFreePort();
  const lines = [
    '[databases]',
    `${name} = host=${hostname} port=${port} user=${username} dbname=${name}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${ownPort}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 3',
    // Connects again at once when the server has failed.
    'server_login_retry = 0',
  ];
  writeFileSync(join(folder, 'pgbouncer.ini'), lines.join('\n'), { mode: 0o644 });
  const child = spawn(PROGRAM, [join(folder, 'pgbouncer.ini')], {
    ...unprivileged,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
      if (log.includes('process up')) resolve();
    });
    exited.then(() => reject(new Error(`pgbouncer did not start: ${log}`)));
  });
  return {
    url: `postgres://${username}@127.0.0.1:${ownPort}/${name}`,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}
