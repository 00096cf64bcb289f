import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createInterface } from 'node:readline';
import type { StartedForum } from '@valetkey/forum';
import { signIn } from '@valetkey/test-support/sign-in';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listen } from './listen.ts';
import { createHome, type Home } from './run-command.ts';
import { startTestForum } from './test-forum.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

const codeIn = (text: string) => /^ {2}([A-Z2-9]{4}-[A-Z2-9]{4})$/m.exec(text)?.[1] ?? '';

describe('device login on a real forum', () => {
  let started: StartedForum;
  beforeAll(async () => {
    started = await startTestForum();
  });
  afterAll(() => started.close());

  /** Enters the code on another device as alice. */
  async function typeCode(stderr: string, end: 'authorize' | 'deny'): Promise<undefined> {
    const alice = await signIn(started.url, 'alice');
    const typed = await alice.send('POST', '/user-api-key/activate.json', { code: codeIn(stderr) });
    const { approval_token } = (await typed.json()) as { approval_token: string };
    await alice.send('POST', `/user-api-key/device/${end}.json`, { approval_token });
  }

  test('shows a code if there is no browser, and receives the key after approval on another device', async () => {
    const ended = await home.run(['login', started.url, '--scopes', 'read,session_info', '--json'], {
      env: { BROWSER: '', SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' },
      onUrl: (url, stderr) => {
        expect(url.href).toBe(`${started.url}/user-api-key/activate`);
        return typeCode(stderr, 'authorize');
      },
    });
    expect(ended.exitCode).toBe(0);
    const [asked, loggedIn, ...others] = ended.stdout.split('\n').map((line) => line && JSON.parse(line));
    expect(asked).toEqual({
      event: 'code',
      user_code: codeIn(ended.stderr),
      verification_uri: `${started.url}/user-api-key/activate`,
      verification_uri_with_request: expect.stringContaining('/user-api-key/activate?request='),
      expires_in: 600,
    });
    expect(loggedIn).toMatchObject({ event: 'logged_in', username: 'alice', identity: 'alice' });
    expect(others).toEqual(['']);
    expect(ended.stderr).not.toContain('\u001b');
    expect((await home.run(['whoami'])).stdout).toBe(`alice on ${started.url}\n`);
  });

  test('stores the key even if standard error is closed', async () => {
    const command = home.start(['login', started.url, '--device', '--json']);
    command.stderr.destroy();
    const lines = createInterface({ input: command.stdout })[Symbol.asyncIterator]();
    const { user_code } = JSON.parse((await lines.next()).value ?? '{}');
    await typeCode(`\n  ${user_code}\n`, 'authorize');
    expect(JSON.parse((await lines.next()).value ?? '{}')).toMatchObject({ event: 'logged_in' });
    expect((await home.run(['whoami'])).stdout).toBe(`alice on ${started.url}\n`);
  });

  test('stores nothing and exits with 1 if the user declines', async () => {
    const onUrl = (_url: URL, stderr: string) => typeCode(stderr, 'deny');
    const ended = await home.run(['login', started.url, '--device'], { onUrl });
    expect(ended).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('declined') });
    expect((await home.run(['list'])).stdout).toBe('');
  });

  test('stops at Ctrl-C', async () => {
    const ended = await home.run(['login', started.url, '--device'], { signalOnUrl: 'SIGINT' });
    expect(ended).toMatchObject({ exitCode: 130, stdout: '' });
    expect(ended.stderr).toMatch(/Interrupted\.\n$/);
  });

  test('reports an unavailable scope before it shows a code', async () => {
    const ended = await home.run(['login', started.url, '--device', '--scopes', 'everything']);
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(codeIn(ended.stderr)).toBe('');
  });
});

describe('device login on other sites', () => {
  let server: Server;
  afterEach(() => server?.close());

  /** A site whose code is valid for one second and is never approved. */
  async function serve(hasDeviceFlow: boolean): Promise<string> {
    server = createServer((request, response) => {
      response.setHeader('auth-api-version', '4');
      if (request.method === 'HEAD') return response.end();
      if (!hasDeviceFlow) return response.writeHead(404).end();
      const start = {
        device_code: 'd'.repeat(64),
        user_code: 'ABCD-2345',
        verification_uri: 'http://127.0.0.1:9/activate',
        expires_in: 1,
        interval: 1,
      };
      const isPoll = request.url?.includes('/poll') ?? false;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(isPoll ? { status: 'expired_token' } : start));
    });
    return listen(server);
  }

  test('reports an expired code and exits with 1', async () => {
    const ended = await home.run(['login', await serve(true), '--device']);
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toContain('0:01 left');
    expect(ended.stderr).toContain('The code expired');
  });

  test('reports a site without device flow', async () => {
    const ended = await home.run(['login', await serve(false), '--device']);
    expect(ended).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('copy and paste'),
    });
    const both = await home.run(['login', await serve(true), '--device', '--paste']);
    expect(both).toMatchObject({ exitCode: 2, stdout: '' });
    expect(existsSync(home.keyFile) && (await home.run(['list'])).stdout).toBe('');
  });
});
