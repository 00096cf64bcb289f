import { type Clock, createConnection, type DevicePrompt, deviceLogin } from '@valetkey/client';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import { expect, test } from 'vitest';

/** A clock whose pauses end immediately and whose deadlines never expire. */
const clock: Clock = {
  now: () => 0,
  wait: (milliseconds) => (milliseconds > 10_000 ? new Promise<never>(() => {}) : Promise.resolve()),
};

test('device login: a device gets a key from the forum, and an error if the user denies', async () => {
  const forum = await startForumProcess();
  try {
    const alice = await signIn(forum.url, 'alice');
    const post = async (path: string, form: Record<string, string>) =>
      (await alice.send('POST', `/user-api-key/${path}.json`, form)).json();
    const logIn = (decision: 'authorize' | 'deny') =>
      deviceLogin({
        site: forum.url,
        applicationName: 'A television',
        scopes: ['session_info'],
        clock,
        onCode: async ({ userCode }: DevicePrompt) => {
          const { approval_token } = await post('activate', { code: userCode.toLowerCase() });
          expect(await post(`device/${decision}`, { approval_token })).toMatchObject({ state: 'complete' });
        },
      });
    const { key } = await logIn('authorize');
    expect(await createConnection({ site: forum.url, key }).whoami()).toMatchObject({ username: 'alice' });
    await expect(logIn('deny')).rejects.toMatchObject({ code: 'access_denied' });
  } finally {
    await forum.stop();
  }
});
