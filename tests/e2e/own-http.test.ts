import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import * as client from '@valetkey/client';
import { startTestSite } from '@valetkey/forum/testing';
import { expect, onTestFinished, test } from 'vitest';

/**
 * An HTTP client of the app: sends the built request, and returns the response in the form that the client processes.
 */
async function sendByNode({ url, method, headers, body }: client.SiteRequest): Promise<Response> {
  const sent = request(url, { method, headers: { ...headers } }).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const text = chunks.length > 0 ? Buffer.concat(chunks) : null;
  return new Response(text, {
    status: answer.statusCode ?? 0,
    headers: Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as [string, string]),
  });
}

test('buildRequest and processResponse: login by paste and by device, whoami and revoke work with node:http only', async () => {
  const forum = await startTestSite();
  onTestFinished(() => forum.close());
  const { fetch } = globalThis;
  onTestFinished(() => void Object.assign(globalThis, { fetch }));
  Object.assign(globalThis, { fetch: () => Promise.reject(new Error('fetch was used')) });

  const { site } = client.processProbeResponse(forum.url, await sendByNode(client.buildProbe(forum.url)));
  const login = await client.createLogin({ site, applicationName: 'Own HTTP', scopes: ['session_info'] });
  expect(await client.processPrecheckResponse(await sendByNode(client.buildPrecheck(login)))).toEqual({
    kind: 'sent_to_login',
  });
  const { payload } = await forum.approve(login.url, 'bob');
  const pasted = await client.openLogin(login, payload ?? '');

  const start = await client.processDeviceStart(await sendByNode(client.buildDeviceStart(login)));
  await forum.approveDevice(start.userCode, 'bob');
  const poll = await client.processDevicePoll(
    await sendByNode(client.buildDevicePoll(login, start.deviceCode)),
  );
  expect(poll).toMatchObject({ kind: 'authorized' });
  const granted = await client.openLogin(login, 'payload' in poll ? poll.payload : '');

  const holder = { site, key: granted.key };
  expect(await client.processWhoami(await sendByNode(client.buildWhoami(holder)))).toMatchObject({
    username: 'bob',
  });
  const own = client.buildRequestWithKey(holder, '/user-api-key/current.json');
  expect(await client.processWhoami(await sendByNode(own))).toMatchObject({ username: 'bob' });
  expect(await client.processRevokeResponse(await sendByNode(client.buildRevoke(holder)))).toBe('revoked');
  const refusal = await client
    .processWhoami(await sendByNode(client.buildWhoami({ site, key: pasted.key })))
    .catch((error: client.SiteRefusal) => error);
  expect(refusal).toMatchObject({ code: 'key_revoked', isKeyInactive: true });
});

test('built requests: never send the key to another site', () => {
  const holder = { site: 'https://x.example/forum', key: 'k', clientId: 'c' };
  expect(client.buildRequestWithKey(holder, '/a?b=1')).toMatchObject({
    url: new URL('https://x.example/forum/a?b=1'),
    headers: { 'User-Api-Key': 'k', 'User-Api-Client-Id': 'c' },
  });
  expect(() => client.buildRequestWithKey(holder, '//evil.example/')).toThrow(/must begin with one slash/);
});
