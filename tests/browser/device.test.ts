import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillInSignIn, launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const public_key = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

interface Asked {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_with_request: string;
}

describeInChromium('connecting a device, in Chromium without script', () => {
  let forum: ForumProcess;
  let browser: Browser;
  beforeAll(async () => {
    [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
  });
  afterAll(async () => void (await Promise.all([browser?.close(), forum?.stop()])));

  async function post(path: string, body: Record<string, string>) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(forum.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  }
  const ask = (client_id: string) =>
    post('/user-api-key/device.json', {
      application_name: 'Plum Television',
      client_id,
      nonce: 'a-nonce',
      scopes: 'session_info',
      public_key,
      padding: 'oaep',
    }) as Promise<Asked>;
  const poll = ({ device_code }: Asked) =>
    post('/user-api-key/device/poll.json', { device_code }) as Promise<{ status: string; payload?: string }>;

  async function openPage(address: string): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address);
    await fillInSignIn(page, 'alice');
    return page;
  }

  test('device pages: the user enters the code by keyboard, reads the request and approves', async () => {
    const asked = await ask('by-code');
    const page = await openPage(asked.verification_uri);
    // The field has the focus already.
    await page.getByRole('heading', { name: 'Connect a device' }).waitFor();
    await page.keyboard.type(asked.user_code.toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Allow Plum Television to access your account?' }).waitFor();
    await page.getByText('127.0.0.1, the same IP address as yours').waitFor();
    await page.getByText(/^(now|\d+ seconds? ago)$/).waitFor();
    expect(await poll(asked)).toEqual({ status: 'authorization_pending' });

    await page.getByRole('button', { name: 'Approve' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your device is connected' }).waitFor();
    const { payload = '' } = await poll(asked);
    const sealed = { key: pair.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING };
    const { key, nonce } = JSON.parse(privateDecrypt(sealed, Buffer.from(payload, 'base64')).toString());
    expect(nonce).toBe('a-nonce');
    const answer = await fetch(`${forum.url}/session/current.json`, { headers: { 'User-Api-Key': key } });
    expect(await answer.json()).toMatchObject({ current_user: { username: 'alice' } });
  });

  test('device pages: a link leads through sign-in, and only the code approves', async () => {
    const asked = await ask('by-link');
    const page = await openPage(asked.verification_uri_with_request);
    await page.getByRole('heading', { name: 'Allow Plum Television to access your account?' }).waitFor();
    await page.getByLabel('Code').fill('BADC-2345');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('alert').getByText('This code is incorrect').waitFor();
    expect(await poll(asked)).toEqual({ status: 'authorization_pending' });

    await page.getByLabel('Code').fill(` ${asked.user_code.replace('-', ' ')} `);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('heading', { name: 'Your device is connected' }).waitFor();
    expect((await poll(asked)).status).toBe('authorized');
  });

  test('device pages: the device is notified of a denial', async () => {
    const asked = await ask('declined');
    const page = await openPage(asked.verification_uri);
    await page.getByLabel('Code').fill(asked.user_code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByRole('heading', { name: 'Declined' }).waitFor();
    expect(await poll(asked)).toEqual({ status: 'access_denied' });
  });
});
