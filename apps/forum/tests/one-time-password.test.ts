import { generateKeyPairSync } from 'node:crypto';
import { openPayload } from '@valetkey/protocol/open';
import { expect, test } from 'vitest';
import { createTestForum, json } from './test-forum.ts';

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

async function createLink() {
  const test_forum = await createTestForum();
  const alice = await test_forum.signedIn('alice');
  const { redirect_url } = await json(
    alice.send('POST', '/user-api-key/otp.json', {
      application_name: 'Hub',
      public_key: pair.publicKey,
      auth_redirect: 'discourse://auth_redirect',
      padding: 'oaep',
    }),
  );
  const sealed = new URL(redirect_url).searchParams.get('oneTimePassword') ?? '';
  return { ...test_forum, path: `/session/otp/${await openPayload(sealed, pair.privateKey)}` };
}

test('one-time password link: asks first on every fetch and signs in once', async () => {
  const { browser, path } = await createLink();
  const someone = browser();
  for (let visit = 0; visit < 2; visit += 1) {
    expect(await (await someone.get(path)).text()).toContain('Sign in as alice?');
  }
  expect((await someone.get('/session/current.json')).status).toBe(404);
  await someone.fetchCsrfToken();
  expect((await someone.submit(path, {})).status).toBe(303);
  expect(await json(someone.get('/session/current.json'))).toMatchObject({
    current_user: { username: 'alice' },
  });

  const late = browser();
  await late.fetchCsrfToken();
  expect((await late.submit(path, {})).status).toBe(403);
  expect((await late.get(path)).status).toBe(403);
});

test('one-time password: valid for ten minutes, and only with the CSRF token of the form', async () => {
  const { browser, path, advance } = await createLink();
  const someone = browser();
  await someone.get(path);
  expect((await someone.submit(path, { authenticity_token: 'forged' })).status).toBe(403);
  advance(600_000);
  await someone.fetchCsrfToken();
  expect((await someone.submit(path, {})).status).toBe(403);
});
