import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examine as examineWith } from './examine.ts';
import { listen } from './listen.ts';
import { createHome, type Home } from './run-command.ts';

const KEY = 'ab'.repeat(16);
let home: Home;
let servers: Server[];
beforeEach(() => {
  home = createHome();
  servers = [];
});
afterEach(() => {
  for (const server of servers) server.close();
  home.remove();
});

function start(server: Server, scheme?: 'https'): Promise<string> {
  servers.push(server);
  return listen(server, scheme);
}
const serve = (listener: RequestListener) => start(createServer(listener));

const examine = (site: string, about = {}) => examineWith(home.keyFile, site, about);

describe('doctor: obstacles', () => {
  test.each([
    ['no such host', 'https://no-such-host.invalid', 'problem name_unknown'],
    ['nothing that listens', 'http://127.0.0.1:1', 'problem port_closed'],
  ])('reports %s', async (_case, site, problem) => {
    expect(await examine(site)).toMatchObject({ problems: [problem] });
  });

  test('distinguishes an untrusted certificate from a port without TLS, and sends nothing', async () => {
    const folder = dirname(dirname(home.keyFile));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const options = [
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-subj',
      '/CN=x',
    ];
    execFileSync('openssl', ['req', ...options], { stdio: 'ignore' });
    let requests = 0;
    const count = () => {
      requests += 1;
    };
    const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, count);
    expect(await examine(await start(tls as unknown as Server, 'https'))).toMatchObject({
      problems: ['problem tls_untrusted'],
      text: expect.stringContaining('is self-signed'),
    });
    const plain = (await serve(count)).replace('http:', 'https:');
    expect(await examine(plain)).toMatchObject({
      problems: ['problem tls_failed'],
      text: expect.stringContaining(`speaks http, not https: try ${plain.replace('https:', 'http:')}`),
    });
    expect(requests).toBe(0);
  });

  test.each([
    ['a bot wall', 'problem bot_wall', 403, { 'cf-mitigated': 'challenge', 'content-type': 'text/html' }],
    ['a wall that does not say what it is', 'problem bot_wall', 403, { 'content-type': 'text/html' }],
    ['a password', 'problem password_wall', 401, { 'www-authenticate': 'Basic' }],
    ['a site that is down', 'problem site_fails', 502, {}],
    ['a web page', 'problem feature_unclear', 200, { 'content-type': 'text/html' }],
  ])('%s', async (_case, problem, status, headers) => {
    const site = await serve((_request, response) =>
      response.writeHead(status, headers).end('<p>Checking your browser'),
    );
    expect(await examine(site)).toMatchObject({ problems: [problem] });
  });

  test('reports a sign-in proxy on another host', async () => {
    const site = await serve((_request, response) =>
      response.writeHead(302, { location: `http://localhost:${new URL(other).port}/sso` }).end(),
    );
    const other = await serve((_request, response) => response.end('Sign in'));
    expect(await examine(site)).toMatchObject({ problems: ['problem sign_in_wall'] });
  });

  test('reports a clock that differs from the site by more than five minutes', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const site = await serve((request, response) => {
      response.setHeader('date', date);
      oldDiscourse()(request, response);
    });
    const { words, text } = await examine(site);
    expect(words).toContain('warning clock_differs');
    expect(text).toContain('60 minutes ahead of the site');
  });

  test('reports a redirect loop', async () => {
    const site = await serve((request, response) =>
      response.writeHead(302, { location: request.url ?? '/' }).end(),
    );
    expect(await examine(site)).toMatchObject({ problems: ['problem redirects_in_circles'] });
  });
});

/** Simulates Discourse before `padding`: only the session response depends on the request. */
function oldDiscourse(folder = ''): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').replace(folder, '');
    response.setHeader('content-type', 'application/json');
    if (request.method === 'HEAD') response.setHeader('auth-api-version', '3').end();
    else if (path.startsWith('/user-api-key/new')) response.writeHead(302, { location: '/login' }).end();
    else if (path.startsWith('/site/basic-info')) response.end('{"login_required":true}');
    else if (path === '/session/current.json' && request.headers['user-api-key'] === KEY)
      response.end('{"current_user":{"id":1,"username":"old-alice"}}');
    else response.writeHead(403).end('{"errors":["Not permitted."],"error_type":"invalid_access"}');
  };
}

describe('doctor: an old Discourse that requires sign-in', () => {
  const keep = (site: string, key: string, scopes = ['read']) => {
    mkdirSync(dirname(home.keyFile), { recursive: true });
    const keys = [{ site, key, clientId: 'c', username: 'alice', scopes, expiresAt: null }];
    writeFileSync(home.keyFile, JSON.stringify({ clientId: 'c', keys }), { mode: 0o600 });
  };

  test('has no problem, and reports what is unknown', async () => {
    const { words, problems } = await examine(await serve(oldDiscourse()), {
      redirect: 'https://app.example/cb',
    });
    expect(problems).toEqual([]);
    expect(words.filter((word) => word.startsWith('note'))).toEqual([
      'note login_required login_required',
      'note version_old',
      'note device_flow_off',
      'note oauth_off',
      'note mcp_off',
      'note padding_untold',
      'note scopes_untold allow_user_api_key_scopes',
      'note redirect_untold allowed_user_api_auth_redirects',
    ]);
  });

  test('is found in its subfolder after a redirect', async () => {
    const site = `${await serve(oldDiscourse('/forum'))}/forum`;
    const moved = await serve((request, response) => {
      response.writeHead(301, { location: site + request.url }).end();
    });
    const { words, ...found } = await examine(moved);
    expect(found).toMatchObject({ site, problems: [] });
    expect(words).toEqual(expect.arrayContaining(['note moved', 'note in_subfolder']));
  });

  test('reports the user of a key from the session, and no limits', async () => {
    const site = await serve(oldDiscourse());
    keep(site, KEY);
    const { words, text } = await examine(site, { request: 'GET /admin.json' });
    expect(text).toContain('acts for old-alice');
    expect(words.slice(-4)).toEqual([
      'ok key_works',
      'ok key_scopes',
      'note limits_untold max_user_api_reqs_per_minute',
      'problem request_not_permitted',
    ]);
  });

  test('sends the same response for an inactive key and a missing scope, which the doctor distinguishes', async () => {
    const site = await serve(oldDiscourse());
    keep(site, 'dead', ['read']);
    expect((await examine(site)).problems).toEqual(['problem key_refused']);
    keep(site, 'unknown', ['notifications']);
    expect((await examine(site)).words.at(-1)).toBe('note key_untold');
  });
});

test('doctor: reports a connection that is closed early, and reads an endless response only in part', async () => {
  const hangsUp = await serve((request, response) => {
    if (request.method === 'HEAD') response.setHeader('auth-api-version', '4').end();
    else request.socket.destroy();
  });
  await expect(examine(hangsUp)).rejects.toMatchObject({ exitCode: 3 });

  const endless = await serve((request, response) => {
    response.setHeader('auth-api-version', '4').setHeader('content-type', 'application/json');
    if (request.method === 'HEAD') return response.end();
    const talk = (): void => {
      while (response.write('x'.repeat(16_384)));
    };
    response.on('drain', talk);
    talk();
  });
  expect((await examine(endless)).words).toContain('ok feature_on');
});

describe('valetkey doctor', () => {
  const interstitial: RequestListener = (_request, response) =>
    response.writeHead(401, { 'www-authenticate': 'Basic' }).end();

  test('prints a finding per line with its fix, without colours outside a terminal', async () => {
    const site = await serve((_request, response) => response.writeHead(404).end());
    const { stdout, stderr, exitCode } = await home.run(['doctor', site]);
    expect([stderr, exitCode]).toEqual(['', 1]);
    expect(stdout).toContain('problem  The site does not issue user API keys (404).\n         → Enable');
    expect(stdout).toContain('         → Setting: allow_user_api_keys\n\n1 problem.\n');
    expect(stdout).not.toContain('\u001b');
  });

  test.each([
    ['well', () => serve(oldDiscourse()), 0],
    ['not well', () => serve(interstitial), 1],
    ['out of reach', async () => 'http://127.0.0.1:1', 3],
  ])('--json: a site that is %s', async (_case, start, exitCode) => {
    const site = await start();
    const ended = await home.run(['doctor', site, '--json']);
    expect(ended).toMatchObject({ exitCode, stderr: '' });
    const { findings, ...sum } = JSON.parse(ended.stdout);
    expect(sum).toEqual({ site, healthy: exitCode === 0 });
    for (const finding of findings)
      expect(Object.keys(finding)).toEqual(['level', 'code', 'seen', 'fix', 'setting']);
  });
});

test.each([
  [['doctor'], 'Name one site'],
  [['doctor', 'forum.example', '--origin', 'myapp://x'], '--origin'],
  [['doctor', 'forum.example', '--request', '/latest.json'], 'GET /latest.json'],
])('%j: is rejected with the correct form', async (args, words) => {
  expect(await home.run(args)).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining(words),
  });
});
