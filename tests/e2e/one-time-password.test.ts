import { decrypt, keyRequest } from '@valetkey/test-support/app-request';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import { afterAll, beforeAll, expect, test } from 'vitest';

const REDIRECT = 'discourse://auth_redirect';
let forum: ForumProcess;
beforeAll(async () => {
  forum = await startForumProcess();
});
afterAll(() => forum?.stop());

test('POST /session/otp/:token: rejects a password after its key was revoked, or the feature was turned off', async () => {
  const alice = await signIn(forum.url, 'alice');
  const admin = await signIn(forum.url, 'admin');

  async function approve(clientId: string): Promise<string> {
    const scopes = 'session_info,one_time_password';
    const request = keyRequest({ client_id: clientId, scopes, auth_redirect: REDIRECT });
    const response = await alice.send('POST', '/user-api-key.json', request);
    const { redirect_url } = (await response.json()) as { redirect_url: string };
    return decrypt(new URL(redirect_url).searchParams.get('oneTimePassword') ?? '');
  }

  /** Signs in as a new browser. Returns the status, and the status of the session afterwards. */
  async function use(password: string): Promise<[number, number]> {
    const url = `${forum.url}/session/otp/${password}`;
    const form = await fetch(url);
    const cookie = form.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const token = /name="authenticity_token" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
    const body = new URLSearchParams({ authenticity_token: token });
    const response = await fetch(url, { method: 'POST', headers: { cookie }, body, redirect: 'manual' });
    const session = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const current = await fetch(`${forum.url}/session/current.json`, {
      headers: { cookie: session || cookie },
    });
    return [response.status, current.status];
  }

  const [used, ofRevoked, ofDisabled] = [await approve('a'), await approve('b'), await approve('c')];
  expect(await use(used)).toEqual([303, 200]);

  const shown = await alice.send('GET', '/u/alice.json');
  const { user } = (await shown.json()) as {
    user: { user_api_keys: { id: number; application_name: string }[] };
  };
  // Newest first: the key of client `b` is the second.
  const id = String(user.user_api_keys[1]?.id);
  expect((await alice.send('POST', '/user-api-key/revoke.json', { id })).status).toBe(200);
  expect(await use(ofRevoked)).toEqual([403, 404]);

  const off = { 'value:allow_user_api_keys': 'false', 'was:allow_user_api_keys': 'true' };
  expect((await admin.send('POST', '/admin/user-api-key-settings.json', off)).status).toBe(200);
  expect(await use(ofDisabled)).toEqual([403, 404]);

  const audit = await admin.send('GET', '/admin/user-api-key-audit.json?action=one_time_password_used');
  const { events } = (await audit.json()) as { events: object[] };
  expect(events).toMatchObject([{ action: 'one_time_password_used', owner: 'alice' }]);
});
