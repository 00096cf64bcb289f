import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdapterUnderTest, startTestedApp, type TestedApp } from './adapter-under-test.ts';

/** The guard of a route: who is let in, with which headers, and who is refused. */
export function guardConformance(adapter: AdapterUnderTest): void {
  describe(`${adapter.name}: a guarded route`, () => {
    let app: TestedApp;
    let key: string;
    beforeAll(async () => {
      app = await startTestedApp(adapter);
      key = await app.issueKey('photos');
    });
    afterAll(() => app?.stop());
    const get = (headers: Record<string, string>, path = '/photos/7') => app.send(path, { headers });
    const refusal = async (response: Response) => {
      const { code } = (await response.json()) as { code?: string };
      return [response.status, code];
    };

    test('serves a key as its user, with the remaining uses', async () => {
      const response = await get({ 'User-Api-Key': key });
      expect(await response.json()).toEqual({ id: '7', kind: 'user_api_key', reader: 'alice', cookie: null });
      expect(response.status).toBe(200);
      expect(response.headers.get('ratelimit')).toMatch(/^"minute";r=\d+;t=\d+/);
      expect(response.headers.get('ratelimit-policy')).toMatch(/^"minute";q=\d+;w=60/);
    });

    test('serves a key as bearer token', async () => {
      const response = await get({ Authorization: `Bearer ${key}` });
      expect(await response.json()).toMatchObject({ reader: 'alice' });
    });

    test('serves HEAD like GET, as one use of the key', async () => {
      const headers = { 'User-Api-Key': key };
      const heads = [await get(headers), await app.send('/photos/7', { method: 'HEAD', headers })];
      const [before = 0, after = 0] = heads.map((head) =>
        Number(/r=(\d+)/.exec(head.headers.get('ratelimit') ?? '')?.[1]),
      );
      expect([heads[1]?.status, before - after]).toEqual([200, 1]);
    });

    test('serves a request without a key as anonymous, and leaves the cookies to the site', async () => {
      const response = await get({ Cookie: 'session=bob' });
      expect(await response.json()).toEqual({
        id: '7',
        kind: 'anonymous',
        reader: 'nobody',
        cookie: 'session=bob',
      });
      expect(response.headers.has('ratelimit')).toBe(false);
    });

    test('ignores the cookies of a request with a key: the handler does not see them', async () => {
      const response = await get({ 'User-Api-Key': key, Cookie: 'session=admin' });
      expect(await response.json()).toMatchObject({ reader: 'alice', cookie: null });
    });

    test('refuses an invalid key, and does not fall back to the session of the cookie', async () => {
      const response = await get({ 'User-Api-Key': 'f'.repeat(32), Cookie: 'session=alice' });
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await refusal(response)).toEqual([403, 'key_unknown']);
    });

    test('refuses a key without the scope, and names the scopes that would do', async () => {
      const other = await app.issueKey('photos:create');
      const response = await get({ 'User-Api-Key': other });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({
        code: 'scope_insufficient',
        required_scopes: expect.arrayContaining(['photos', 'photos:7']),
      });
    });

    test('serves a key that is bound to a parameter for its value only', async () => {
      const bound = { 'User-Api-Key': await app.issueKey('photos:7') };
      expect((await get(bound)).status).toBe(200);
      for (const path of ['/photos/8', '/photos/7%2f8', '/photos/%37%20', '/photos/07'])
        expect(await refusal(await get(bound, path)), path).toEqual([403, 'scope_insufficient']);
    });

    test('refuses two keys, also in one repeated header', async () => {
      const both = await get({ 'User-Api-Key': key, Authorization: `Bearer ${key}` });
      expect(await refusal(both)).toEqual([403, 'credentials_conflict']);
      const other = await app.issueKey('photos');
      const twice = await sendRaw(app, [`Authorization: Bearer ${key}`, `Authorization: Bearer ${other}`]);
      expect(twice).toMatch(/^HTTP\/1\.1 403 .*credentials_conflict/s);
    });

    test('refuses a key above its limit, with the time to wait', async () => {
      const limited = { 'User-Api-Key': await app.issueKey('photos') };
      const { current } = app.site.valetkey.settings;
      const perMinute = current().max_user_api_reqs_per_minute;
      await app.site.valetkey.settings.set('max_user_api_reqs_per_minute', 1);
      expect((await get(limited)).status).toBe(200);
      const response = await get(limited);
      await app.site.valetkey.settings.set('max_user_api_reqs_per_minute', perMinute);
      expect(await refusal(response)).toEqual([429, 'rate_limited']);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    test('refuses a key from the next request on after it was revoked', async () => {
      const headers = { 'User-Api-Key': await app.issueKey('photos') };
      expect((await get(headers)).status).toBe(200);
      expect((await app.send('/user-api-key/revoke', { method: 'POST', headers })).status).toBe(200);
      expect(await refusal(await get(headers))).toEqual([403, 'key_revoked']);
    });

    test('the 404 of the site is not verified as a route: no header of limits, and the site’s own body', async () => {
      const response = await get({ 'User-Api-Key': key }, '/nothing');
      expect([response.status, await response.json()]).toEqual([404, { site: 'not found' }]);
      expect(response.headers.has('ratelimit')).toBe(false);
    });
  });
}

/** Sends `GET /photos/7` with header lines that `fetch` would join. Returns the whole response. */
async function sendRaw({ port }: TestedApp, headers: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    ['GET /photos/7 HTTP/1.1', 'Host: 127.0.0.1', 'Connection: close', ...headers, '', ''].join('\r\n'),
  );
  return text(socket);
}
