import { createTestSite } from '@valetkey/test-support/site/test-site';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const PATHS = [
  '/user-api-key/new',
  '/user-api-key.json',
  '/user-api-key/assets/valetkey.css',
  '/.well-known/oauth-authorization-server',
  '/u/alice/preferences/apps',
  '/account/apps',
  '/admin/api/keys/7.json',
  '/user-api-keys',
  '/user-api-key/new/',
  '/',
  '/photos/7',
  '//x/user-api-key/new',
];

test('serves: true exactly for the requests that fetch responds to', async () => {
  const site = await createTestSite({
    baseUrl: 'https://forum.example/forum',
    pages: { user: { prefix: '/account' }, admin: false },
  });
  await site.valetkey.settings.set('cors_origins', 'https://app.example');
  const anyRequest = fc.record({
    prefix: fc.constantFrom('/forum', '', '/forum/forum', '/other'),
    path: fc.constantFrom(...PATHS),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS'),
    query: fc.constantFrom('', '?a=/user-api-key/new', '#/user-api-key/new'),
    headers: fc.constantFrom<Record<string, string>[]>(
      {},
      { accept: 'application/json' },
      { origin: 'https://app.example', 'access-control-request-method': 'GET' },
      { origin: 'https://other.example', 'access-control-request-method': 'GET' },
    ),
  });
  await fc.assert(
    fc.asyncProperty(anyRequest, async ({ prefix, path, method, query, headers }) => {
      const url = prefix + path + query;
      const request = new Request(`https://forum.example${url}`, { method, headers });
      const response = await site.valetkey.fetch(request, { ipAddress: '192.0.2.1' });
      const head = { method, url, headers: new Headers(headers) };
      expect(site.valetkey.serves(head)).toBe(response !== null);
      expect(site.valetkey.serves(request)).toBe(response !== null);
    }),
    { numRuns: 300 },
  );
});

test.each(['', '*', '%', 'http://', '/user-api-key/../user-api-key/new', '/user-api-key/%6eew'])(
  'serves: false for the request target %j',
  async (url) => {
    const { valetkey } = await createTestSite();
    expect(valetkey.serves({ method: 'GET', url, headers: new Headers() })).toBe(false);
  },
);
