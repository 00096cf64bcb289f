import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, expect, test } from 'vitest';

let forum: ForumProcess;
beforeAll(async () => {
  forum = await startForumProcess();
});
afterAll(() => forum?.stop());

// Loopback is not https; the library requires an explicit option for that.
const options = { [oauth.allowInsecureRequests]: true };
const none = oauth.None();

test('a generic OAuth library: gets a key by the device flow and uses it', async () => {
  const issuer = new URL(forum.url);
  const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options });
  const server = await oauth.processDiscoveryResponse(issuer, discovery);
  const client: oauth.Client = { client_id: 'an-ordinary-library' };

  const parameters = new URLSearchParams({ scope: 'session_info read', application_name: 'Ordinary' });
  const asked = await oauth.deviceAuthorizationRequest(server, client, none, parameters, options);
  const authorization = await oauth.processDeviceAuthorizationResponse(server, client, asked);
  expect(authorization).not.toHaveProperty('verification_uri_complete');
  expect(authorization).toMatchObject({ interval: 5, expires_in: 600 });

  const poll = async () => {
    const response = await oauth.deviceCodeGrantRequest(
      server,
      client,
      none,
      authorization.device_code,
      options,
    );
    return oauth.processDeviceCodeResponse(server, client, response);
  };
  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending', status: 400 });
  // Some libraries poll twice in a row, with the credentials in two places.
  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending', status: 400 });

  const alice = await signIn(forum.url, 'alice');
  const typed = await alice.send('POST', '/user-api-key/activate.json', { code: authorization.user_code });
  const { approval_token } = (await typed.json()) as { approval_token: string };
  await alice.send('POST', '/user-api-key/device/authorize.json', { approval_token });

  // Polls while the authorization is pending, like a device.
  let key = '';
  const outcome = async () => {
    const token = await poll().catch(({ error }: oauth.ResponseBodyError) => error);
    if (typeof token === 'string') return token;
    key = token.access_token;
    return token.scope;
  };
  await expect.poll(outcome, { timeout: 20_000, interval: 1_000 }).toBe('session_info read');

  const address = new URL('/session/current.json', forum.url);
  const answer = await oauth.protectedResourceRequest(key, 'GET', address, undefined, null, options);
  expect(await answer.json()).toMatchObject({ current_user: { username: 'alice' } });
});
