import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '@valetkey/test-support/find-program';

/** The addresses that a proxy connects, as hosts with ports. */
export interface ProxyAddresses {
  readonly valetkey: string;
  readonly service: string;
  /** Changes the configuration. */
  edit(configuration: string): string;
}

/** A proxy with the configuration of `deploy/`. */
export interface RunningProxy {
  readonly url: string;
  stop(): Promise<void>;
}

export type StartProxy = (addresses: ProxyAddresses) => Promise<RunningProxy>;

const deploy = join(import.meta.dirname, '../../../../deploy');

const read = (file: string, { valetkey, service, edit }: ProxyAddresses): string =>
  edit(readFileSync(join(deploy, file), 'utf8'))
    .replaceAll('127.0.0.1:8443', valetkey)
    .replaceAll('127.0.0.1:8080', service);

export const startNginx: StartProxy = (addresses) =>
  start('nginx', (folder, port) =>
    configureNginx(
      folder,
      read('nginx/valetkey.conf', addresses).replace('listen 80;', `listen 127.0.0.1:${port};`),
    ),
  );

/** Several nodes behind nginx. */
export const startNginxNodes: StartProxy = (addresses) =>
  start('nginx', (folder, port) =>
    configureNginx(
      folder,
      read('nginx/nodes.conf', addresses).replace('listen 8080;', `listen 127.0.0.1:${port};`),
    ),
  );

function configureNginx(folder: string, site: string): readonly string[] {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  const text = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 512; }
http { access_log off; ${paths} ${site} }`;
  writeFileSync(join(folder, 'nginx.conf'), text);
  return ['-p', folder, '-c', join(folder, 'nginx.conf')];
}

export const startCaddy: StartProxy = (addresses) =>
  start('caddy', (folder, port) =>
    configureCaddy(folder, read('caddy/Caddyfile', addresses).replace('http://:80', `http://:${port}`)),
  );

/** Several nodes behind Caddy. */
export const startCaddyNodes: StartProxy = (addresses) =>
  start('caddy', (folder, port) =>
    configureCaddy(
      folder,
      read('caddy/Caddyfile.nodes', addresses).replace('forum.example {', `http://:${port} {`),
    ),
  );

function configureCaddy(folder: string, site: string): readonly string[] {
  const text = site.includes('\n{\n') ? site : `\n{\n}\n${site}`;
  writeFileSync(join(folder, 'Caddyfile'), text.replace('\n{\n', '\n{\n\tadmin off\n\tauto_https off\n'));
  return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
}

export const startHaproxy: StartProxy = (addresses) =>
  start('haproxy', (folder, port) => {
    const site = read('haproxy/haproxy.cfg', addresses)
      .replace('bind :80', `bind 127.0.0.1:${port}`)
      .replace('valetkey.lua', join(folder, 'valetkey.lua'));
    writeFileSync(join(folder, 'haproxy.cfg'), site);
    writeFileSync(join(folder, 'valetkey.lua'), read('haproxy/valetkey.lua', addresses));
    return ['-db', '-f', join(folder, 'haproxy.cfg')];
  });

async function start(
  program: string,
  configure: (folder: string, port: number) => readonly string[],
): Promise<RunningProxy> {
  const path = findProgram(program);
  if (path === null)
    throw new Error(`${program} is not installed. Install it with: apt-get install ${program}`);
  const folder = mkdtempSync(join(tmpdir(), `valetkey-${program}-`));
  const port = await findFreePort();
  const environment = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(path, configure(folder, port), { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  const outputs: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => outputs.push(String(chunk)));
  const exited = once(child, 'exit');
  await waitForPort(port, () => (child.exitCode === null ? null : outputs.join('')));
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @param failure returns why the program has ended; null while it runs */
async function waitForPort(port: number, failure: () => string | null): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    const reason = failure();
    if (reason !== null) throw new Error(`The proxy has ended: ${reason}`);
  }
}
