import { generateKeyPairSync } from 'node:crypto';
import type { Page } from 'playwright-core';

/** A page, and the action after opening it. */
export type PageVisit = readonly [name: string, path: string, act?: (page: Page) => Promise<unknown>];

const publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();
let devices = 0;

/** The pages of a user who connects a device, including errors. */
export const devicePages: readonly PageVisit[] = [
  ['device-code', '/user-api-key/activate'],
  ['device-code-wrong', '/user-api-key/activate', (page) => typeCode(page, 'BADC-2345')],
  ['device-code-over', '/user-api-key/activate?request=AbCd_-12'],
  ['device-by-code', '/user-api-key/activate', askAndTypeCode],
  [
    'device-by-link',
    '/',
    async (page) => page.goto((await startDeviceAuthorization(page)).verification_uri_with_request),
  ],
  ['device-by-link-wrong', '/', followLinkAndMistype],
  [
    'device-declined',
    '/user-api-key/activate',
    async (page) => {
      await askAndTypeCode(page);
      await page.getByRole('button', { name: 'Decline' }).click();
    },
  ],
  [
    'device-connected',
    '/user-api-key/activate',
    async (page) => {
      await askAndTypeCode(page);
      await page.getByRole('button', { name: 'Approve' }).click();
    },
  ],
];

/** Starts a device request at the open forum, each time as another client. */
async function startDeviceAuthorization(page: Page) {
  devices += 1;
  const response = await fetch(new URL('/user-api-key/device.json', page.url()), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      application_name: 'Plum Television',
      client_id: `television-${devices}`,
      nonce: 'n',
      scopes: 'read,write',
      public_key: publicKey,
    }),
  });
  return (await response.json()) as { user_code: string; verification_uri_with_request: string };
}

async function typeCode(page: Page, code: string, button = 'Continue'): Promise<void> {
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: button }).click();
}

async function askAndTypeCode(page: Page): Promise<void> {
  const { user_code } = await startDeviceAuthorization(page);
  await typeCode(page, user_code.toLowerCase().replace('-', ' '));
}

async function followLinkAndMistype(page: Page): Promise<void> {
  await page.goto((await startDeviceAuthorization(page)).verification_uri_with_request);
  await typeCode(page, 'BADC-2345', 'Approve');
  await page.getByRole('alert').waitFor();
}
