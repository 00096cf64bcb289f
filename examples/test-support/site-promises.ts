import { keyRequest, open, query } from '@valetkey/test-support/app-request';
import { readForm } from '@valetkey/test-support/page-form';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningApp } from './web-app-promises.ts';

/** Signs a user in and returns the cookies. */
type SignIn = (url: string, username: string, returnTo: string) => Promise<string>;

/**
 * What every example of a site promises: users approve apps, keys work within their scopes, and the session of the
 * site works beside them. The site serves `/photos`.
 */
export function sitePromises(start: () => Promise<RunningApp>, signIn: SignIn = signInWithForm): void {
  let app: RunningApp;
  beforeAll(async () => {
    app = await start();
  }, 240_000);
  afterAll(() => app?.stop());

  const send = (path: string, init: RequestInit = {}) =>
    fetch(app.url + path, { redirect: 'manual', ...init });
  const readPhotos = async (headers: Record<string, string>) => {
    const response = await send('/photos', { headers });
    return [response.status, (await response.json()) as object];
  };

  /** Approves a request for a key on the consent page, as a browser does. Returns the key. */
  async function approve(username: string, scopes: string): Promise<string> {
    const path = `/user-api-key/new${query(keyRequest({ auth_redirect: null, scopes, client_id: crypto.randomUUID() }))}`;
    const asked = await send(path);
    const login = new URL(asked.headers.get('location') ?? '', app.url);
    expect([asked.status, login.searchParams.get('return_to')]).toEqual([302, path]);
    const cookie = await signIn(app.url, username, path);
    const page = await (await send(path, { headers: { Cookie: cookie } })).text();
    const body = new URLSearchParams(readForm(page, '/user-api-key'));
    const approved = await send('/user-api-key.json', { method: 'POST', headers: { Cookie: cookie }, body });
    expect(approved.status).toBe(200);
    return open(((await approved.json()) as { payload: string }).payload).key;
  }

  test('a key: reads the photos of its user, and no others', async () => {
    const key = await approve('alice', 'photos:read');
    expect(await readPhotos({ 'User-Api-Key': key })).toEqual([
      200,
      { of: 'alice', photos: ['Plums in a bowl'] },
    ]);
    const cookie = await signIn(app.url, 'bob', '/');
    expect(await readPhotos({ Cookie: cookie })).toEqual([200, { of: 'bob', photos: [] }]);
    expect(await readPhotos({ 'User-Api-Key': key, Cookie: cookie })).toMatchObject([200, { of: 'alice' }]);
  });

  test('a key: changes nothing without the scope (403)', async () => {
    const [reader, writer] = [await approve('bob', 'photos:read'), await approve('bob', 'photos:write')];
    const add = (key: string) =>
      send('/photos', {
        method: 'POST',
        headers: { 'User-Api-Key': key, 'Content-Type': 'application/json' },
        body: JSON.stringify({ title: 'Mine' }),
      });
    expect((await add(reader)).status).toBe(403);
    expect(await (await add(writer)).json()).toEqual({ of: 'bob', photos: ['Mine'] });
  });

  test('a revoked key, and no key: refused (403, 401)', async () => {
    const headers = { 'User-Api-Key': await approve('alice', 'photos:read') };
    expect((await send('/user-api-key/revoke', { method: 'POST', headers })).status).toBe(200);
    expect(await readPhotos(headers)).toMatchObject([403, { code: 'key_revoked' }]);
    expect(await readPhotos({})).toMatchObject([401, {}]);
  });
}

/** Posts the form of `/login`. */
async function signInWithForm(url: string, username: string, returnTo: string): Promise<string> {
  const response = await fetch(`${url}/login?return_to=${encodeURIComponent(returnTo)}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ username, password: 'valetkey-demo' }),
  });
  expect([response.status, response.headers.get('location')]).toEqual([303, returnTo]);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
