import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { expect, onTestFinished, test } from 'vitest';
import { createForum } from '../src/index.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';
import { runMain } from './forum-process.ts';

const NAME = 'allowed_user_api_auth_redirects';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'forum-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('npm start: allows loopback redirects with any port, and no other http redirect', async () => {
  const forum = await runMain(['--port', '0', '--data', await temporaryFolder()]);
  const site = await forum.url();
  const reasonFor = async (auth_redirect: string) => {
    const asked = {
      client_id: 'c',
      nonce: 'n',
      scopes: 'read',
      application_name: 'a',
      public_key: PUBLIC_KEY,
    };
    const query = new URLSearchParams({ ...asked, auth_redirect });
    const response = await fetch(`${site}/user-api-key/new.json?${query}`, { redirect: 'manual' });
    return response.status === 200 ? (await response.json()).reason : response.status;
  };
  for (const allowed of ['http://127.0.0.1:53682/callback', 'http://[::1]:5000/x', 'http://localhost/x'])
    expect(await reasonFor(allowed), allowed).toBe(302);
  for (const rejected of [
    'http://192.0.2.1/',
    'http://127.0.0.1.evil.example/',
    'https://localhost/x',
    'http://127.0.0.2/',
  ])
    expect(await reasonFor(rejected), rejected).toBe('redirect_not_allowed');
});

test('createForum: a new forum starts with initialSettings, and keeps what an admin changed', async () => {
  const dataDir = await temporaryFolder();
  const start = (value: string) =>
    createForum({
      baseUrl: 'http://forum.example',
      dataDir,
      passwordCost: CHEAP_PASSWORDS,
      initialSettings: { [NAME]: value },
    });
  const first = await start('http://127.0.0.1/*');
  expect(first.valetkey.settings.current()[NAME]).toEqual(['http://127.0.0.1/*']);
  await first.valetkey.settings.set(NAME, 'discourse://auth_redirect');
  await first.close();
  const second = await start('http://127.0.0.1/*');
  expect(second.valetkey.settings.current()[NAME]).toEqual(['discourse://auth_redirect']);
  await second.close();
});
