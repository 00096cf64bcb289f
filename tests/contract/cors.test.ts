import { refusalOf } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import { test } from './target/contract-test.ts';

const APP = 'https://app.example';
const EVIL = 'https://app.example.evil.test';

const preflight = (site: ContractSite, path: string, origin = APP, headers = 'user-api-key') =>
  site.send(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': headers,
    },
  });

const allowedOrigin = ({ headers }: Response) => headers.get('access-control-allow-origin');

const words = (header: string | null) => (header ?? '').split(/, */).sort();

describe('CORS', () => {
  test('CORS: no origin is allowed by default', async ({ freshSite: site }) => {
    const answer = await preflight(site, '/posts.json');
    expect([answer.status === 204, allowedOrigin(answer)]).toEqual([false, null]);
    const key = await site.issueKey('alice', 'read');
    expect(
      allowedOrigin(await site.call(key, '/latest.json', 'GET', { headers: { origin: APP } })),
    ).toBeNull();
  });

  test.for(['/posts.json', '/latest.json', '/user-api-key/revoke', '/user-api-key', '/no/such/path.json'])(
    'OPTIONS %s: returns 204 with methods and headers to a listed origin',
    async (path, { site, settings }) => {
      await settings.set('cors_origins', APP);
      const answer = await preflight(site, path);
      expect([answer.status, allowedOrigin(answer)]).toEqual([204, APP]);
      const { headers } = answer;
      expect(words(headers.get('access-control-allow-methods'))).toEqual(
        words('GET, POST, PUT, PATCH, DELETE'),
      );
      expect(words(headers.get('access-control-allow-headers'))).toEqual(
        words(
          'Content-Type, Accept, X-Requested-With, X-CSRF-Token, Discourse-Present, User-Api-Key, User-Api-Client-Id, Authorization',
        ),
      );
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  test('CORS: an origin that is not listed gets no headers, however similar it is', async ({
    site,
    settings,
  }) => {
    await settings.set('cors_origins', APP);
    const key = await site.issueKey('alice', 'read');
    for (const origin of [EVIL, 'http://app.example', 'https://app.example:8443', 'null']) {
      expect(allowedOrigin(await preflight(site, '/posts.json', origin))).toBeNull();
      const answer = await site.call(key, '/latest.json', 'GET', { headers: { origin } });
      expect([origin, allowedOrigin(answer)]).toEqual([origin, null]);
    }
  });

  test('CORS: answers and refusals (403, 404, 429) carry the headers and expose what a client reads', async ({
    site,
    settings,
  }) => {
    await settings.set('cors_origins', APP);
    await settings.set('max_user_api_reqs_per_minute', 3);
    const key = await site.issueKey('alice', 'read');
    const from = (path: string, method = 'GET', used = key) =>
      site.call(used, path, method, { headers: { origin: APP } });
    const answers = [
      await from('/latest.json'),
      await from('/posts.json', 'POST'),
      await from('/t/99999.json'),
      await from('/latest.json'),
      await from('/user-api-key/current.json', 'GET', '0'.repeat(32)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 404, 429, 403]);
    for (const answer of answers) {
      expect([answer.status, allowedOrigin(answer)]).toEqual([answer.status, APP]);
      expect(words(answer.headers.get('access-control-expose-headers'))).toEqual(
        expect.arrayContaining([
          ...['Auth-Api-Version', 'Auth-Api-Device-Code', 'Retry-After'],
          ...['Discourse-Rate-Limit-Error-Code', 'RateLimit', 'RateLimit-Policy'],
        ]),
      );
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  });

  test('Api-Key: rejected from browsers, at the preflight and with a foreign Origin (403 admin_key_from_browser)', async ({
    site,
    settings,
  }) => {
    await settings.set('cors_origins', APP);
    const admin = await site.browserOf('admin');
    const wish = { key: { description: 'Export', username: null, scope_mode: 'global' } };
    const made = await admin.send('POST', '/admin/api/keys.json', wish);
    const { key } = ((await made.json()) as { key: { key: string } }).key;
    const headers = { 'api-key': key, 'api-username': 'alice' };
    const latest = (origin?: string) =>
      site.send('/latest.json', { headers: { ...headers, ...(origin && { origin }) } });
    const allowed = async () =>
      (await preflight(site, '/latest.json')).headers.get('access-control-allow-headers');

    expect((await latest()).status).toBe(200);
    expect((await latest(site.url)).status).toBe(200);
    expect(await allowed()).not.toMatch(/(^|, )api-/i);
    for (const origin of [APP, EVIL, 'null'])
      expect(await refusalOf(latest(origin))).toBe('403 admin_key_from_browser');

    await settings.set('cors_allow_admin_api_keys', true);
    expect(await allowed()).toMatch(/, Api-Key, Api-Username$/);
    expect((await latest(APP)).status).toBe(200);
  });
});
