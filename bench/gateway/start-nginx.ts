import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Starts nginx with the file of `deploy/` on this port. */
export async function startNginx(port: number, valetkey: number, service: number) {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-bench-nginx-'));
  const site = readFileSync(join(import.meta.dirname, '../../deploy/nginx/valetkey.conf'), 'utf8')
    .replaceAll('127.0.0.1:8443', `127.0.0.1:${valetkey}`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${service}`)
    // As many as the load has, so that no connection is made in the meantime.
    .replaceAll('keepalive 16', 'keepalive 128')
    .replace('listen 80;', `listen 127.0.0.1:${port};`);
  const text = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 1000000; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e; ${site} }`;
  writeFileSync(join(folder, 'nginx.conf'), text);
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' });
  await wait(500);
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
