import { expect, onTestFinished, test, vi } from 'vitest';
import { describeContract, type RunningForum, refusal } from './running-forum.ts';

const APP = 'https://app.example';
const EVIL = 'https://app.example.evil.test';

const preflight = (forum: RunningForum, path: string, origin = APP, headers = 'user-api-key') =>
  forum.send(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': headers,
    },
  });

const allowedOrigin = ({ headers }: Response) => headers.get('access-control-allow-origin');

const words = (header: string | null) => (header ?? '').split(/, */).sort();

describeContract('section 5, CORS', (start) => {
  test('is open to no origin by default', async () => {
    const forum = await start();
    const answer = await preflight(forum, '/posts.json');
    expect([answer.status === 204, allowedOrigin(answer)]).toEqual([false, null]);
    const key = await forum.issueKey('alice', 'read');
    expect(
      allowedOrigin(await forum.call(key, '/latest.json', 'GET', undefined, { origin: APP })),
    ).toBeNull();
  });

  test.each(['/posts.json', '/latest.json', '/user-api-key/revoke', '/user-api-key', '/no/such/path.json'])(
    'for a listed origin the preflight of %s answers 204 with methods and headers',
    async (path) => {
      const forum = await start();
      await forum.set('cors_origins', APP);
      const answer = await preflight(forum, path);
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

  test('an origin that is not listed gets nothing, however much it looks like one that is', async () => {
    const forum = await start();
    await forum.set('cors_origins', APP);
    const key = await forum.issueKey('alice', 'read');
    for (const origin of [EVIL, 'http://app.example', 'https://app.example:8443', 'null']) {
      expect(allowedOrigin(await preflight(forum, '/posts.json', origin))).toBeNull();
      const answer = await forum.call(key, '/latest.json', 'GET', undefined, { origin });
      expect([origin, allowedOrigin(answer)]).toEqual([origin, null]);
    }
  });

  test('answers and refusals (403, 404, 429, 500) carry the CORS headers and expose what a client reads', async () => {
    const forum = await start();
    await forum.set('cors_origins', APP);
    await forum.set('max_user_api_reqs_per_minute', 3);
    const key = await forum.issueKey('alice', 'read');
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => report.mockRestore());
    const from = (path: string, method = 'GET', used = key) =>
      forum.call(used, path, method, undefined, { origin: APP });
    const answers = [
      await from('/latest.json'),
      await from('/posts.json', 'POST'),
      await from('/t/99999.json'),
      await from('/latest.json'),
      await from('/user-api-key/current.json', 'GET', '0'.repeat(32)),
    ];
    vi.spyOn(forum.store, 'findKeyByHash').mockRejectedValueOnce(new Error('disk full'));
    answers.push(await from('/latest.json', 'GET', '1'.repeat(32)));
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 404, 429, 403, 500]);
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

  test('Api-Key is refused from browsers, at the preflight and when it comes with a foreign Origin', async () => {
    const forum = await start();
    await forum.set('cors_origins', APP);
    const admin = await forum.browserOf('admin');
    const wish = { key: { description: 'Export', username: null, scope_mode: 'global' } };
    const made = await admin.send('POST', '/admin/api/keys.json', wish);
    const { key } = ((await made.json()) as { key: { key: string } }).key;
    const headers = { 'api-key': key, 'api-username': 'alice' };
    const latest = (origin?: string) =>
      forum.send('/latest.json', { headers: { ...headers, ...(origin && { origin }) } });
    const allowed = async () =>
      (await preflight(forum, '/latest.json')).headers.get('access-control-allow-headers');

    expect((await latest()).status).toBe(200);
    expect((await latest(forum.url)).status).toBe(200);
    expect(await allowed()).not.toMatch(/(^|, )api-/i);
    for (const origin of [APP, EVIL, 'null'])
      expect(await refusal(latest(origin))).toBe('403 admin_key_from_browser');

    await forum.set('cors_allow_admin_api_keys', true);
    expect(await allowed()).toMatch(/, Api-Key, Api-Username$/);
    expect((await latest(APP)).status).toBe(200);
  });
});
