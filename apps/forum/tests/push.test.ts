import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBrowser, type Fetch } from '@valetkey/test-support/browser';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { expect, onTestFinished, test } from 'vitest';
import { issueKey } from '../src/testing/issue-key.ts';
import { runMain } from './forum-process.ts';
import { createTestForum, json, PASSWORD } from './test-forum.ts';

const title = 'Whose plums & pears are these?';

/** A forum with an app of alice, and the pushes to its URL. */
async function createPushingForum() {
  const { url: push_url, received } = await createReceiver();
  const forum = await createTestForum({ push: { dangerouslyAllowPrivateAddresses: true } });
  const admin = await forum.signedIn('admin');
  const path = '/admin/site_settings/allowed_user_api_push_urls.json';
  await admin.send('PUT', path, { allowed_user_api_push_urls: push_url });
  const key = await forum.issueKey('alice', 'push,write', { pushUrl: push_url, clientId: 'phone' });
  const [alice, bob] = [await forum.signedIn('alice'), await forum.signedIn('bob')];
  const topic = await json(
    alice.send('POST', '/posts.json', { title, raw: 'A basket of them at the gate.' }),
  );
  return {
    ...forum,
    admin,
    alice,
    key,
    received,
    async reply(raw: string, as = bob) {
      await as.send('POST', '/posts.json', { topic_id: topic.topic_id, raw });
      await forum.forum.valetkey.processPushQueue();
    },
  };
}

test('push: a reply is pushed to the apps of the notified user, with a URL that exists', async () => {
  const { reply, received, forum, fetch } = await createPushingForum();
  await reply('They are\n\nmine.  Thank you.');
  expect(received.map(({ body }) => body)).toEqual([
    {
      secret_key: forum.valetkey.settings.current().push_api_secret_key,
      url: 'http://forum.example',
      title: 'Plum Forum',
      description: 'A forum about plums.',
      notifications: [
        {
          notification_type: 9,
          post_number: 2,
          topic_title: title,
          topic_id: expect.any(Number),
          excerpt: 'They are mine. Thank you.',
          username: 'bob',
          post_url: expect.stringMatching(/^\/t\/whose-plums-pears-are-these\/\d+\/2$/),
          url: expect.stringMatching(/^http:\/\/forum\.example\/t\/whose-plums-pears-are-these\/\d+\/2$/),
          client_id: 'phone',
        },
      ],
    },
  ]);
  expect((await fetch(received[0]?.body.notifications[0].post_url)).status).toBe(200);
});

test('push: a mention has the type of a mention', async () => {
  const { reply, received } = await createPushingForum();
  await reply('Are they yours, @alice?');
  expect(received.map(({ body }) => body.notifications)).toEqual([
    [expect.objectContaining({ notification_type: 1 })],
  ]);
});

test('push: a failing receiver is reported with host and reason, without a secret', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'forum-push-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const flag = '--dangerously-push-to-private-addresses';
  const process = await runMain(['--port', '0', '--data', dataDir, flag]);
  const url = await process.url();
  const fetchFrom: Fetch = (path, init) => fetch(url + path, { redirect: 'manual', ...init });
  const signedIn = async (username: string) => {
    const browser = createBrowser(fetchFrom);
    await browser.signIn(username, PASSWORD);
    return browser;
  };
  const [admin, alice, bob] = [await signedIn('admin'), await signedIn('alice'), await signedIn('bob')];
  const push_url = 'http://127.0.0.1:1/a-path-that-nobody-should-read';
  const setting = '/admin/site_settings/allowed_user_api_push_urls.json';
  await admin.send('PUT', setting, { allowed_user_api_push_urls: push_url });
  const call = (method: string, path: string) => json(alice.send(method, path));
  const key = await issueKey({ call }, { scopes: ['push'], pushUrl: push_url }, url);
  await bob.send('POST', '/posts.json', { title, raw: 'Not even @alice would print this text.' });
  await process.printed('A push to 127.0.0.1:1 failed: unreachable; it will be retried.');
  const { site_settings } = await json(admin.get('/admin/site_settings.json'));
  const { value: secret } = site_settings.find(
    ({ setting: name }: { setting: string }) => name === 'push_api_secret_key',
  );
  expect(secret).toMatch(/^[0-9a-f]{32}$/);
  for (const text of [secret, key, 'a-path-that', 'would print'])
    expect(process.output()).not.toContain(text);
});

test('push: users are not notified of their own posts', async () => {
  const { alice, reply, received } = await createPushingForum();
  await reply('I shall fetch them.', alice);
  expect(received).toEqual([]);
});

test('push: stops when the key is revoked or its user suspended', async () => {
  const { admin, alice, fetch, key, reply, received } = await createPushingForum();
  const { id } = (await json(alice.get('/u/alice.json'))).user;
  await admin.send('PUT', `/admin/users/${id}/suspend.json`, { suspend_until: '2030-01-01', reason: 'x' });
  await reply('Nobody should hear this.');
  await admin.send('PUT', `/admin/users/${id}/unsuspend.json`);
  await reply('This is heard again.');
  await fetch('/user-api-key/revoke.json', { method: 'POST', headers: { 'user-api-key': key } });
  await reply('Nobody should hear this either.');
  expect(received).toHaveLength(1);
});

test('push secret: shown only to admins with a session', async () => {
  const { admin, alice, key, fetch, forum } = await createPushingForum();
  const secret = forum.valetkey.settings.current().push_api_secret_key;
  expect(await (await admin.get('/admin/site_settings.json')).text()).toContain(secret);
  const path = '/admin/site_settings.json';
  for (const answer of [alice.get(path), fetch(path), fetch(path, { headers: { 'user-api-key': key } })])
    expect(await (await answer).text()).not.toContain(secret);
  expect(await (await admin.get('/admin/user-api-key-audit.json')).text()).not.toContain(secret);
});
