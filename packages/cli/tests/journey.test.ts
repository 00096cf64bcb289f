import { existsSync, readFileSync, statSync } from 'node:fs';
import type { StartedForum } from '@valetkey/forum';
import { signIn } from '@valetkey/test-support/sign-in';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createHome, type Home } from './run-command.ts';
import { approve, startTestForum } from './test-forum.ts';

let started: StartedForum;
let home: Home;
const redirects = 'allowed_user_api_auth_redirects';

beforeAll(async () => {
  started = await startTestForum();
});
afterAll(() => started.close());
beforeEach(async () => {
  home = createHome();
  await started.forum.valetkey.settings.set(redirects, 'discourse://auth_redirect|http://127.0.0.1/*');
});
afterEach(() => home.remove());

const follow = async (address: string): Promise<undefined> => void (await fetch(address));
const login = (args: string[] = [], options = {}) =>
  home.run(['login', started.url, ...args], {
    onUrl: async (url) => follow(await approve('alice', url)),
    ...options,
  });

describe('valetkey login', () => {
  test('receives the key by loopback redirect, stores it with mode 0600, and prints the user', async () => {
    const ended = await login(['--scopes', 'read,write', '--expires', '30d', '--name', 'My script']);
    expect(ended).toMatchObject({ exitCode: 0, stdout: `You are alice on ${started.url}.\n` });
    expect(statSync(home.keyFile).mode & 0o777).toBe(0o600);
    const { keys } = JSON.parse(readFileSync(home.keyFile, 'utf8'));
    expect(keys).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        site: started.url,
        name: null,
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
        clientId: expect.stringMatching(/^[0-9a-f]{32}$/),
        username: 'alice',
        scopes: ['read', 'write'],
        expiresAt: expect.any(String),
      },
    ]);
    expect(ended.stdout + ended.stderr).not.toContain(keys[0].key);
    const [stored] = await started.forum.valetkey.keysOf('3');
    expect(stored).toMatchObject({ applicationName: 'My script', scopes: ['read', 'write'] });
  });

  test.each(['/t/some-topic/12', '/latest?order=views', '/u/alice/summary'])(
    'finds the site of %s, copied from the browser',
    async (page) => {
      const ended = await home.run(['login', started.url + page], {
        onUrl: async (url) => follow(await approve('alice', url)),
      });
      expect(ended).toMatchObject({ exitCode: 0, stdout: `You are alice on ${started.url}.\n` });
      expect(ended.stderr).toContain(`Found the site ${started.url}.`);
      expect((await home.run(['whoami', started.url + page])).stdout).toContain('alice');
    },
  );

  test('opens the browser without a shell', async () => {
    const browser = home.writeBrowser(`import { writeFileSync } from 'node:fs';
      writeFileSync(new URL('./opened', import.meta.url), JSON.stringify(process.argv.slice(2)));`);
    const ended = await login(['--name', '$(touch pwned); & "x"'], { env: { BROWSER: browser } });
    expect(ended.exitCode).toBe(0);
    const trace = browser.replace('browser.mjs', 'opened');
    await expect.poll(() => existsSync(trace) && readFileSync(trace, 'utf8')).toContain(']');
    const [opened, ...others] = JSON.parse(readFileSync(trace, 'utf8'));
    expect(new URL(opened).searchParams.get('application_name')).toBe('$(touch pwned); & "x"');
    expect(others).toEqual([]);
  });

  test('falls back to copy and paste if the site does not allow loopback redirects', async () => {
    await started.forum.valetkey.settings.set(redirects, 'discourse://auth_redirect');
    const onUrl = async (url: URL) => {
      expect(url.searchParams.has('auth_redirect')).toBe(false);
      return `${(await approve('alice', url)).replace(/.{60}/g, '$&\n')}\n`;
    };
    const ended = await login([], { onUrl });
    expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('alice') });
    expect(ended.stderr).toContain('paste it here');
  });

  test('reports the user of a key with few scopes, and revokes the earlier key of another client id', async () => {
    await login(['--client-id', 'first']);
    const [left] = JSON.parse(readFileSync(home.keyFile, 'utf8')).keys;
    const ended = await login(['--client-id', 'second', '--scopes', 'notifications']);
    expect(ended).toMatchObject({ exitCode: 0, stdout: `You are alice on ${started.url}.\n` });
    const answer = await fetch(`${started.url}/latest.json`, { headers: { 'User-Api-Key': left.key } });
    expect(await answer.json()).toMatchObject({ code: 'key_revoked' });
    expect(JSON.parse(readFileSync(home.keyFile, 'utf8')).keys).toMatchObject([{ clientId: 'second' }]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stops at %s', async (signalOnUrl) => {
    const interrupted = await login([], { onUrl: undefined, signalOnUrl });
    expect(interrupted).toMatchObject({ exitCode: 130, stdout: '' });
    expect(interrupted.stderr).toMatch(/Interrupted\.\n$/);
  });

  test('leaves no partial file after a kill', async () => {
    expect((await login([], { onUrl: undefined, signalOnUrl: 'SIGKILL' })).exitCode).toBe(null);
    expect((await home.run(['list'])).exitCode).toBe(0);
    expect((await login()).exitCode).toBe(0);
  });

  test('accepts the whole redirect URL', async () => {
    const onUrl = async (url: URL) =>
      `myapp://callback?payload=${encodeURIComponent(await approve('alice', url))}\n`;
    expect((await login(['--paste'], { onUrl })).exitCode).toBe(0);
  });

  test('replaces the earlier key', async () => {
    const before = (await started.forum.valetkey.keysOf('3')).length;
    await login();
    await login();
    expect((await started.forum.valetkey.keysOf('3')).length).toBe(before + 1);
  });

  test.each([
    [
      'the person declines',
      1,
      async (url: URL) => follow(await approve('alice', url, '/decline')),
      'declined',
    ],
    [
      'the payload belongs to another login',
      5,
      async (url: URL) => {
        const other = new URL(url);
        const { generateKeyPair } = await import('@valetkey/client');
        other.searchParams.set('public_key', (await generateKeyPair()).publicKey);
        return follow(await approve('alice', other));
      },
      'cannot be decrypted',
    ],
    [
      'the nonce is another',
      5,
      async (url: URL) => {
        const other = new URL(url);
        other.searchParams.set('nonce', 'somebody-elses');
        return follow(await approve('alice', other));
      },
      'is not the nonce of the request',
    ],
  ])('stores nothing if %s, and exits with %i', async (_case, exitCode, onUrl, words) => {
    const ended = await login([], { onUrl });
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    expect(ended.stderr).toContain(words);
    expect(JSON.parse(readFileSync(home.keyFile, 'utf8')).keys).toEqual([]);
  });

  test('exits with 5 if the pasted text is truncated', async () => {
    const onUrl = async (url: URL) => `${(await approve('alice', url)).slice(0, 100)}\n`;
    const ended = await login(['--paste'], { onUrl });
    expect(ended).toMatchObject({ exitCode: 5 });
    expect(ended.stderr).toContain('not a complete encrypted key');
  });

  test('reports an unavailable scope before it opens a browser', async () => {
    const ended = await home.run(['login', started.url, '--scopes', 'everything']);
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toContain('everything');
    expect(ended.stderr).not.toContain('Open this URL');
  });

  test('exits with 3 if the site is unreachable, and with 1 if it issues no keys', async () => {
    expect((await home.run(['login', 'http://127.0.0.1:1'])).exitCode).toBe(3);
    await started.forum.valetkey.settings.set('allow_user_api_keys', false);
    const ended = await home.run(['login', started.url]);
    await started.forum.valetkey.settings.set('allow_user_api_keys', true);
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('allow_user_api_keys');
    expect(existsSync(home.keyFile)).toBe(false);
  });
});

describe('commands with a stored key', () => {
  beforeEach(async () => void (await login(['--scopes', 'read,write'])));

  test('request: prints the response, posts JSON and forms, and explains a rejection', async () => {
    const latest = await home.run(['request', 'GET', '/latest.json']);
    expect(JSON.parse(latest.stdout).topic_list.topics.length).toBeGreaterThan(0);
    const topic = JSON.stringify({
      title: 'Posted by the command itself',
      raw: 'From standard input, as JSON.',
    });
    const posted = await home.run(['request', 'post', '/posts.json', '--data', '-', '--include'], {
      input: topic,
    });
    expect(posted.exitCode).toBe(0);
    expect(posted.stdout).toMatch(/^200 .*\n/);
    const form = await home.run(['request', 'POST', '/posts.json', '--data', 'title=Short&raw=x']);
    expect(form.exitCode).toBe(1);
    expect(form.stderr).toContain('422: Title is too short');
  });

  test('whoami, list, token: only token prints the key', async () => {
    const { keys } = JSON.parse(readFileSync(home.keyFile, 'utf8'));
    expect((await home.run(['whoami'])).stdout).toBe(`alice on ${started.url}\n`);
    const listed = await home.run(['list']);
    expect(listed.stdout).toContain(`${started.url}  alice  read,write`);
    expect(listed.stdout + listed.stderr).not.toContain(keys[0].key);
    expect((await home.run(['token', started.url])).stdout).toBe(`${keys[0].key}\n`);
  });

  test('logout: revokes and removes the key, also an inactive one', async () => {
    const { key } = JSON.parse(readFileSync(home.keyFile, 'utf8')).keys[0];
    expect((await home.run(['logout'])).exitCode).toBe(0);
    const answer = await fetch(`${started.url}/latest.json`, { headers: { 'User-Api-Key': key } });
    expect(await answer.json()).toMatchObject({ code: 'key_revoked' });
    expect((await home.run(['whoami'])).exitCode).toBe(4);

    await login();
    const [live] = await started.forum.valetkey.keysOf('3');
    const alice = await signIn(started.url, 'alice');
    await alice.send('POST', '/user-api-key/revoke.json', { id: String(live?.id) });
    const ended = await home.run(['logout', started.url]);
    expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('removed') });
    expect((await home.run(['list'])).stdout).toBe('');
  });
});

describe('wrong usage', () => {
  test.each([
    [[], 'valetkey login'],
    [['lgin'], 'Unknown command “lgin”'],
    [['login'], 'Name one site'],
    [['login', 'http://127.0.0.1:1', '--paste', '--device'], 'Choose one'],
    [['login', 'not a site'], 'not the URL of a site'],
    [['login', 'forum.example', '--expires', 'soon'], '30d'],
    [['login', 'forum.example', '--payload', 'x'], "Unknown option '--payload'"],
    [['request', 'forum.example', 'GET', '/x'], 'request GET /latest.json [--site <site>]'],
    [['request', 'get', '/x', '--data', 'a=1'], 'A GET takes no --data'],
  ])('%j: exits with 2 and a hint', async (args, words) => {
    const ended = await home.run(args);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain(words);
  });

  test('--help: is printed to standard output', async () => {
    expect(await home.run(['--help'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Exit codes'),
    });
  });
});
