import { readFileSync } from 'node:fs';
import type { StartedForum } from '@valetkey/forum';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { examine as examineWith } from './examine.ts';
import { createHome, type Home } from './run-command.ts';
import { approve, startTestForum } from './test-forum.ts';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());
const examine = (site: string, about = {}) => examineWith(home.keyFile, site, about);

describe('doctor on a forum', () => {
  let started: StartedForum;
  const set = (name: string, value: unknown) => started.forum.valetkey.settings.set(name, value);
  beforeAll(async () => {
    started = await startTestForum();
  });
  afterAll(() => started.close());
  const login = (scopes: string) =>
    home.run(['login', started.url, '--paste', '--scopes', scopes], {
      onUrl: async (url) => `${await approve('alice', url)}\n`,
    });

  test('exits with 0 without problems', async () => {
    const { words, problems } = await examine(started.url);
    expect(problems).toEqual([]);
    expect(words).toEqual(expect.arrayContaining(['ok feature_on', 'ok padding_oaep', 'ok scopes_offered']));
  });

  test.each(['/t/some-topic/12', '/latest?order=views'])(
    'finds the site of %s, copied from the browser',
    async (page) => {
      const { site, words, problems, text } = await examine(started.url + page.split('?')[0]);
      expect([site, problems]).toEqual([started.url, []]);
      expect(words).toContain('note page_of_site');
      expect(text).toContain(`is a page of ${started.url}.`);
    },
  );

  test('names the setting if the feature is disabled', async () => {
    await set('allow_user_api_keys', false);
    const { problems } = await examine(started.url);
    await set('allow_user_api_keys', true);
    expect(problems).toEqual(['problem feature_off allow_user_api_keys']);
  });

  test('names the setting if no scope is allowed', async () => {
    await set('allow_user_api_key_scopes', '');
    const { problems } = await examine(started.url);
    await set('allow_user_api_key_scopes', 'read|write|notifications|session_info');
    expect(problems).toEqual(['problem scopes_none allow_user_api_key_scopes']);
  });

  test('reports whether a redirect is allowed', async () => {
    const asked = (redirect: string) => examine(started.url, { redirect });
    await set('allowed_user_api_auth_redirects', 'https://app.example/cb');
    expect((await asked('https://app.example/cb')).words).toContain('ok redirect_allowed');
    for (const redirect of ['https://evil.example/cb', 'javascript:alert(1)', 'nonsense']) {
      const { problems } = await asked(redirect);
      expect(problems).toEqual(['problem redirect_refused allowed_user_api_auth_redirects']);
    }
  });

  test('doctor: says what login will do, without and with a loopback redirect on the list', async () => {
    const codes = async (env: Record<string, string>) => {
      const { stdout } = await home.run(['doctor', started.url, '--json'], { env });
      return JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);
    };
    const name = 'allowed_user_api_auth_redirects';
    await set(name, 'discourse://auth_redirect');
    expect(await codes({ BROWSER: 'true' })).toContain('login_redirect_refused');
    await set(name, 'discourse://auth_redirect|http://127.0.0.1/*');
    expect(await codes({ BROWSER: 'true' })).toContain('login_by_redirect');
    expect(await codes({ BROWSER: '', SSH_CONNECTION: 'x' })).toContain('login_by_code');
  });

  test('reports whether pages of an origin may use the site', async () => {
    const asked = () => examine(started.url, { origin: 'https://app.example' });
    expect((await asked()).problems).toEqual(['problem cors_refused cors_origins']);
    await set('cors_origins', 'https://app.example');
    const { words, problems } = await asked();
    await set('cors_origins', '');
    expect([problems, words.filter((word) => word.includes('cors'))]).toEqual([[], ['ok cors_allowed']]);
    expect(words).toContain('ok oauth_on');
    expect(words).toContain('ok mcp_on');
  });

  test('reports user, scopes and limits of a key, and why a request is rejected', async () => {
    await login('notifications');
    const { words, text } = await examine(started.url);
    expect(words).toEqual(expect.arrayContaining(['ok key_works', 'ok key_scopes', 'ok limits_left']));
    expect(text).toMatch(/1[0-9] requests are left for this minute, 28[0-9]{2} for this day/);
    const asked = async (request: string) => (await examine(started.url, { request })).words.at(-1);
    expect(await asked('GET /notifications.json')).toBe('ok request_works');
    expect(await asked('GET /latest.json')).toBe('problem request_out_of_scope');
    expect(await asked('DELETE /t/1.json')).toBe('problem request_out_of_scope');
    const { key } = JSON.parse(readFileSync(home.keyFile, 'utf8')).keys[0];
    expect(text).not.toContain(key);
  });

  test('does not send a request that would change data', async () => {
    await login('write');
    const count = () =>
      started.forum.fetch(new Request(`${started.url}/t/1.json`), { ipAddress: '127.0.0.1' });
    const { words, problems } = await examine(started.url, { request: 'DELETE /t/1.json' });
    expect([problems, words.at(-1)]).toEqual([[], 'note request_in_scope']);
    expect((await count()).status).toBe(200);
  });

  test('distinguishes a permission of the user from a scope of the key', async () => {
    await login('read');
    const asked = async (request: string) => (await examine(started.url, { request })).words.at(-1);
    expect(await asked('GET /admin/users.json')).toMatch(/^problem request_not_(permitted|found)$/);
    expect(await asked('GET /no/such/thing.json')).toBe('problem request_not_found');
  });

  test('reports an inactive key and a reached limit', async () => {
    await login('read');
    await set('max_user_api_reqs_per_minute', 1);
    const problems = async () => (await examine(started.url)).problems;
    await problems();
    expect(await problems()).toEqual(['problem limit_reached max_user_api_reqs_per_minute']);
    await set('max_user_api_reqs_per_minute', 20);
    const { key } = JSON.parse(readFileSync(home.keyFile, 'utf8')).keys[0];
    await fetch(`${started.url}/user-api-key/revoke.json`, {
      method: 'POST',
      headers: { 'User-Api-Key': key },
    });
    expect(await problems()).toEqual(['problem key_refused']);
  });
});
