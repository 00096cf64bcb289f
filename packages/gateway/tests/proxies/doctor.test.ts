import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldHeaderName } from '@valetkey/server/forward-auth';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { afterEach, expect, test } from 'vitest';
import { type ProxyWorld, startProxyWorld } from './proxy-world.ts';
import { type StartProxy, startCaddy, startNginx } from './start-proxy.ts';

const main = join(import.meta.dirname, '../../../cli/src/main.ts');

/** A service that reads headers as CGI does, and merges slashes and dot segments as many frameworks do. */
function answer({ method, url = '', rawHeaders }: IncomingMessage, response: ServerResponse): void {
  if (method === 'TRACE') return void response.end(rawHeaders.join('\r\n'));
  const at = rawHeaders.findLastIndex(
    (name, index) => index % 2 === 0 && foldHeaderName(name) === 'x-valetkey-user',
  );
  const reader = rawHeaders[at + 1] ?? '-';
  const path = new URL(decodeURIComponent(url).replaceAll(/\/+/g, '/'), 'http://wiki').pathname;
  response.writeHead(path === '/api/notes' && reader !== '-' ? 200 : 401).end(reader);
}

let world: ProxyWorld;
afterEach(() => world.stop());

/** Returns the codes of the problems, and what was found about the proxy. */
async function examine(
  edit: (configuration: string) => string,
  start: StartProxy = startNginx,
): Promise<string[]> {
  world = await startProxyWorld(start, { edit, handler: answer });
  const key = await world.site.approve('alice');
  const home = mkdtempSync(join(tmpdir(), 'valetkey-home-'));
  const env = {
    PATH: process.env.PATH,
    XDG_CONFIG_HOME: home,
    VALETKEY_KEY: key,
    VALETKEY_SITE: world.proxy.url,
  };
  const args = [main, 'doctor', world.proxy.url, '--through-proxy', '--request', 'GET /api/notes', '--json'];
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, args, { env }, (_, stdout, stderr) => resolve(stdout || stderr)),
  );
  rmSync(home, { recursive: true });
  const { findings } = JSON.parse(output) as { findings: { level: string; code: string }[] };
  return findings
    .filter(({ level, code }) => level === 'problem' || code === 'proxy_right')
    .map(({ code }) => code);
}

describeWhen(findProgram('nginx') !== null)('valetkey doctor --through-proxy', () => {
  const cases: [string, string, (configuration: string) => string][] = [
    ['the shipped configuration is right', 'proxy_right', (text) => text],
    [
      'an identity header that the configuration does not overwrite',
      'identity_forged',
      // Without `proxy_set_header`, the header of the client passes. A request without a key has no other guard.
      (text) => text.replace('proxy_set_header X-Valetkey-User $valetkey_user;', ''),
    ],
    [
      'an identity header in another spelling',
      'identity_forged',
      (text) => text.replace('server_name _;', 'server_name _; underscores_in_headers on;'),
    ],
    [
      'a path that is normalized before the question',
      'ambiguous_path_passes',
      (text) =>
        text
          .replace('  location / {', '  location / { set $asked $uri;')
          .replace('X-Original-URI $request_uri;', 'X-Original-URI $asked;'),
    ],
    [
      'a refusal that nginx turns into 500',
      'refusal_lost',
      (text) =>
        text
          .replace('valetkey/verify/nginx;', 'valetkey/verify/forwarded;')
          .replace('X-Original-Method $request_method', 'X-Forwarded-Method $request_method')
          .replace('X-Original-URI $request_uri', 'X-Forwarded-Uri $request_uri')
          .replace(
            'proxy_set_header X-Request-Id $request_id;',
            'proxy_set_header X-Request-Id $request_id; proxy_set_header X-Forwarded-Host $http_host;',
          ),
    ],
    [
      'a refusal without its reason',
      'refusal_lost',
      (text) => text.replace('error_page 403 = @valetkey_refused;', ''),
    ],
    [
      'a request that counts twice',
      'use_counted_twice',
      (text) =>
        text
          .replace('proxy_set_header X-Request-Id $request_id;', '')
          .replace('  location / {', '  location / { try_files /none @again; }\n  location @again {')
          .replace('  location / { try_files', '  location / { auth_request /_valetkey_verify; try_files'),
    ],
    [
      'another protocol in Upgrade',
      'tunnel_opens',
      (text) =>
        text
          .replace("{ default ''; '~*^websocket$' websocket; }", '{ default $http_upgrade; }')
          .replace("{ default ''; websocket upgrade; }", "{ default upgrade; '' ''; }"),
    ],
    [
      'questions that clients can ask',
      'verify_public',
      (text) => text.replace('location ^~ /valetkey/verify { return 404; }', ''),
    ],
  ];
  test.each(cases)('%s', async (_, code, edit) => {
    expect(await examine(edit)).toEqual(expect.arrayContaining([code]));
  });
});

describeWhen(findProgram('caddy') !== null)('valetkey doctor --through-proxy, through Caddy', () => {
  test('the shipped configuration is right', async () => {
    expect(await examine((text) => text, startCaddy)).toEqual(['proxy_right']);
  });

  test('TRACE that reaches the service', async () => {
    const edit = (text: string) => text.replace('respond @refused 405', '');
    expect(await examine(edit, startCaddy)).toEqual(['trace_passes']);
  });
});
