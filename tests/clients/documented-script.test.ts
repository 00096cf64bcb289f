import { execFileSync } from 'node:child_process';
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { startTestSite } from '@valetkey/forum/testing';
import { expect, onTestFinished, test } from 'vitest';

/** The template `{?query*}` of RFC 6570 percent-encodes everything but unreserved characters. */
const expand = (query: Record<string, string>): string =>
  Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

test('the script of Discourse’s guide: its client_id is the output of hostname, with the line break', async () => {
  const site = await startTestSite();
  onTestFinished(() => site.close());
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const hostname = execFileSync('hostname', { encoding: 'utf8' });
  expect(hostname).toMatch(/^\S+\r?\n$/);
  const approve = async () => {
    const query = {
      application_name: 'ruby',
      client_id: hostname,
      scopes: 'read',
      public_key: publicKey,
      nonce: '1',
    };
    const { payload } = await site.approve(`${site.url}/user-api-key/new?${expand(query)}`);
    const padding = constants.RSA_PKCS1_PADDING;
    const opened = privateDecrypt({ key: privateKey, padding }, Buffer.from(payload, 'base64'));
    return JSON.parse(opened.toString()) as { key: string; nonce: string };
  };
  const statusOf = async (key: string) =>
    (await fetch(`${site.url}/latest.json`, { headers: { 'User-Api-Key': key } })).status;

  const first = await approve();
  expect(first.nonce).toBe('1');
  expect(await statusOf(first.key)).toBe(200);
  // The trimmed client_id is the same client: a second run replaces the key.
  const second = await approve();
  expect([await statusOf(first.key), await statusOf(second.key)]).toEqual([403, 200]);
});
