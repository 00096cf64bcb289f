import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withPassword } from '../src/with-password.ts';
import { listen } from './listen.ts';
import { createHome, type Home } from './run-command.ts';

const PASSWORD = 'pass word';
const EXPECTED = `Basic ${Buffer.from(`staff:${PASSWORD}`).toString('base64')}`;
let home: Home;
let seen: (string | undefined)[];
let servers: Server[];
beforeEach(() => {
  home = createHome();
  seen = [];
  servers = [];
});
afterEach(() => {
  for (const server of servers) server.close();
  home.remove();
});

/** A site with HTTP basic authentication, which redirects to `next` if given. */
async function serve(next: string | null = null): Promise<string> {
  const server = createServer(({ headers }, response) => {
    seen.push(headers.authorization);
    if (next !== null) return void response.writeHead(302, { location: next }).end();
    response.writeHead(headers.authorization === EXPECTED ? 404 : 401).end();
  });
  servers.push(server);
  return listen(server);
}
const doorOf = (site: string): string => site.replace('//', `//staff:${encodeURIComponent(PASSWORD)}@`);

test('VALETKEY_BASIC_AUTH: is sent to the site and not printed', async () => {
  const site = await serve();
  const refused = await home.run(['login', site]);
  expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('requires a password') });
  const ended = await home.run(['login', site], { env: { VALETKEY_BASIC_AUTH: doorOf(site) } });
  expect(ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('allow_user_api_keys') });
  expect(ended.stderr).not.toContain('pass');
});

test('VALETKEY_BASIC_AUTH: is not sent to another origin, also after a redirect', async () => {
  const other = await serve();
  const site = await serve(`${other}/user-api-key/new`);
  const fetchWithPassword = withPassword(fetch, doorOf(site));
  await fetchWithPassword(`${site}/user-api-key/new`);
  await fetchWithPassword(new URL(`${other}/`));
  expect(seen).toEqual([EXPECTED, undefined, undefined]);
});

test.each([
  'staff:pass',
  'https://forum.example',
  'ftp://staff:pass@forum.example',
  'https://a:50%@x.org',
  'https://a:%ff@x.org',
])('VALETKEY_BASIC_AUTH: any other value (%s) is rejected and not quoted', async (address) => {
  const ended = await home.run(['login', 'forum.example'], { env: { VALETKEY_BASIC_AUTH: address } });
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ended.stderr).not.toContain(address);
});

test('site URL: a password is rejected and not quoted', async () => {
  for (const address of ['https://staff:se-cret@forum.example', 'staff:se-cret@forum.example']) {
    const ended = await home.run(['login', address]);
    expect(ended).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('VALETKEY_BASIC'),
    });
    expect(ended.stderr).not.toContain('se-cret');
  }
});
