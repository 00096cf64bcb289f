import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StartedForum } from '@valetkey/forum';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHome, type Home } from './run-command.ts';
import { approve, startTestForum } from './test-forum.ts';

let started: StartedForum;
let home: Home;
let profile: string;
beforeAll(async () => {
  started = await startTestForum();
});
afterAll(() => started.close());
beforeEach(() => {
  home = createHome();
  profile = join(dirname(dirname(home.keyFile)), 'mcp.json');
});
afterEach(() => home.remove());

const login = (meanwhile = () => {}) =>
  home.run(['login', started.url, '--paste', '--profile-out', profile], {
    onUrl: async (url) => {
      meanwhile();
      return `${await approve('alice', url)}\n`;
    },
  });

test('--profile-out: writes a profile for @discourse/mcp with mode 0600', async () => {
  const ended = await login();
  const { key, clientId } = JSON.parse(readFileSync(home.keyFile, 'utf8')).keys[0];
  expect(JSON.parse(readFileSync(profile, 'utf8'))).toEqual({
    auth_pairs: [{ site: started.url, user_api_key: key, user_api_client_id: clientId }],
  });
  expect(statSync(profile).mode & 0o777).toBe(0o600);
  expect(ended.stdout + ended.stderr).not.toContain(key);
});

test('--profile-out: keeps all other content and replaces the entry of the site', async () => {
  const other = { site: 'https://other.example', api_key: 'k', api_username: 'system' };
  const before = { read_only: false, auth_pairs: [{ site: started.url, user_api_key: 'old' }, other] };
  writeFileSync(profile, JSON.stringify(before), { mode: 0o644 });
  await login();
  const after = JSON.parse(readFileSync(profile, 'utf8'));
  expect(after).toMatchObject({ read_only: false, auth_pairs: [other, { site: started.url }] });
  expect(after.auth_pairs[1].user_api_key).not.toBe('old');
  expect(statSync(profile).mode & 0o777).toBe(0o600);
});

test.each(['not JSON', '[]', 'null', '{"auth_pairs": 7}'])(
  '--profile-out: rejects a file that is not a profile (%s) before the login',
  async (text) => {
    writeFileSync(profile, text);
    const ended = await login();
    expect(ended).toMatchObject({ exitCode: 5, stdout: '', stderr: expect.stringContaining(profile) });
    expect(ended.stderr).not.toContain('Open this URL');
    expect(readFileSync(profile, 'utf8')).toBe(text);
    expect(existsSync(home.keyFile)).toBe(false);
  },
);

test('--profile-out: rejects a file that cannot be written before the login', async () => {
  profile = join(dirname(profile), 'no-such-folder', 'mcp.json');
  const ended = await login();
  expect(ended).toMatchObject({ exitCode: 5, stdout: '' });
  expect(ended.stderr).toContain(`${profile} cannot be written (ENOENT)`);
  expect(ended.stderr).not.toContain('Open this URL');
  expect(existsSync(home.keyFile)).toBe(false);
});

test('--profile-out: a file that becomes unwritable does not lose the key', async () => {
  const folder = join(dirname(profile), 'for-a-while');
  mkdirSync(folder);
  profile = join(folder, 'mcp.json');
  const ended = await login(() => rmSync(folder, { recursive: true }));
  expect(ended).toMatchObject({ exitCode: 5, stdout: `You are alice on ${started.url}.\n` });
  expect(ended.stderr).toContain(`${profile} cannot be written (ENOENT)`);
  expect((await home.run(['whoami'])).exitCode).toBe(0);
});
