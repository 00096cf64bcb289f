import { createTestSite, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';

const secret = 'c0ffee'.padEnd(32, '7');

test('a refusal: names the invalid scope, unless it looks like a secret', async () => {
  const site = await createTestSite();
  const asked = keyRequest({ scopes: `raed,${secret}` });
  const answers = [
    await site.get(`/user-api-key/new.json${query(asked)}`),
    await site.get(`/user-api-key/new${query(asked)}`),
    await site.post('/user-api-key.json', asked, 'alice'),
    await site.post('/user-api-key', asked, 'alice'),
  ];
  for (const answer of answers) {
    const text = await answer.text();
    expect(text).toContain('raed');
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(secret);
  }
});

test('last used: shows the user agent without secrets in its name', async () => {
  const site = await createTestSite();
  const { key } = await site.approve();
  const headers = { 'User-Agent': `curl/8 ${key} plum` };
  await site.authorize(key, { name: 'list#latest' }, { headers });
  const [record] = await site.valetkey.keysOf('id-alice');
  expect(record?.lastUsedUserAgent).toBe('curl/8 [redacted] plum');
});

test('User-Api-Client-Id: ignores an id that contains the key', async () => {
  const site = await createTestSite();
  const { key } = await site.approve();
  const rename = (id: string) =>
    site.authorize(key, { name: 'list#latest' }, { headers: { 'User-Api-Client-Id': id } });
  await rename(`my ${key}`);
  expect((await site.valetkey.keysOf('id-alice'))[0]?.sentClientId).toBeNull();
  await rename('phone');
  const sent = async () => (await site.valetkey.keysOf('id-alice'))[0]?.sentClientId;
  await expect.poll(sent).toBe('phone');
});
