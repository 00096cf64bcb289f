import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian installs it. */
export const NGINX = '/usr/sbin/nginx';

/**
 * Starts nginx in front of these servers, which it uses in turn. nginx also tries a server that has failed, because tests
 * stop and start servers.
 *
 * @param port of this computer
 * @returns a function that stops it
 */
export const startNginx = (port: number, servers: readonly string[]): Promise<() => Promise<void>> =>
  startNginxWith(
    port,
    `upstream forum { ${servers.map((url) => `server ${new URL(url).host} max_fails=0;`).join(' ')} }
server { listen 127.0.0.1:${port}; location / { proxy_pass http://forum;
proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr; } }`,
  );

/**
 * Starts nginx with this content of the block `http`.
 *
 * @param port where the content listens
 * @returns a function that stops it
 */
export async function startNginxWith(port: number, content: string): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-nginx-'));
  chmodSync(folder, 0o755);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const lines = [
    `pid ${folder}/nginx.pid; error_log stderr; daemon off; worker_processes 1; events {}`,
    `http { access_log off; ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}`,
    content,
    '}',
  ];
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, lines.join('\n'));
  // The kernel ends it with this process, even if a test runner kills it.
  const nginx = spawn('setpriv', ['--pdeathsig', 'TERM', NGINX, '-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  nginx.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const ended = once(nginx, 'exit').then(() => {
    throw new Error(`nginx ended: ${log}`);
  });
  const answers = async () => {
    while (!(await fetch(`http://127.0.0.1:${port}/favicon.ico`).catch(() => null)));
  };
  await Promise.race([answers(), ended]);
  return async () => {
    nginx.kill('SIGTERM');
    await ended.catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
}
