import type { PushFailure } from '@valetkey/server';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { expect, test } from 'vitest';
import { describeContract, json } from './running-forum.ts';

const DAY_MS = 86_400_000;
const TITLE = 'Whose plums & pears are these?';

describeContract('section 11, push', (start) => {
  /** A forum where alice has begun a topic, and a receiver that her apps may name. */
  async function open(answer?: Parameters<typeof createReceiver>[0], allowsPrivate = true) {
    const failures: PushFailure[] = [];
    const onFailure = (failure: PushFailure) => void failures.push(failure);
    const forum = await start({ push: { dangerouslyAllowPrivateAddresses: allowsPrivate, onFailure } });
    const receiver = await createReceiver(answer);
    if (allowsPrivate) await forum.set('allowed_user_api_push_urls', receiver.url);
    const alice = await forum.browserOf('alice');
    const topic = { title: TITLE, raw: 'A basket of them at the gate.' };
    const { topic_id } = await json(alice.send('POST', '/posts.json', topic));
    return {
      ...forum,
      ...receiver,
      failures,
      pushUrl: receiver.url,
      forumUrl: forum.url,
      /** Bob answers, and whatever can be sent is. */
      async reply(raw = 'They are mine. Thank you for keeping them.') {
        const bob = await forum.browserOf('bob');
        expect((await bob.send('POST', '/posts.json', { topic_id, raw })).status).toBe(200);
        await forum.valetkey.processPushQueue();
      },
      async later(ms: number) {
        forum.advance(ms);
        await forum.valetkey.processPushQueue();
      },
    };
  }

  const clientsOf = ({ received }: Awaited<ReturnType<typeof open>>) =>
    received.map(({ body }) =>
      body.notifications.map((one: { client_id: string }) => one.client_id).toSorted(),
    );

  test.each(['push', 'notifications'])(
    'a live key with %s and a listed push_url receives what is raised',
    async (scope) => {
      const it = await open();
      await it.issueKey('alice', scope, { push_url: it.pushUrl, client_id: 'phone' });
      await it.reply();
      expect(it.received).toHaveLength(1);
      const [{ headers, body } = { headers: {}, body: null }] = it.received;
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(body).toMatchObject({
        secret_key: expect.stringMatching(/^[0-9a-f]{32}$/),
        url: it.forumUrl,
        title: 'Plum Forum',
        description: expect.any(String),
      });
      const [notification] = body.notifications;
      expect(notification).toMatchObject({
        notification_type: 9,
        post_url: expect.stringMatching(/^\/t\/[\w-]+\/\d+\/2$/),
        topic_title: TITLE,
        excerpt: 'They are mine. Thank you for keeping them.',
        username: 'bob',
        client_id: 'phone',
      });
      expect(notification.url).toBe(it.forumUrl + notification.post_url);
      expect((await fetch(notification.url)).status).toBe(200);
    },
  );

  test('is grouped by push URL: several apps of a person are one POST there', async () => {
    const it = await open();
    const other = await createReceiver();
    await it.set('allowed_user_api_push_urls', `${it.pushUrl}|${other.url}`);
    for (const client_id of ['phone', 'tablet'])
      await it.issueKey('alice', 'push', { push_url: it.pushUrl, client_id });
    await it.issueKey('alice', 'push', { push_url: other.url, client_id: 'watch' });
    await it.reply();
    expect(clientsOf(it)).toEqual([['phone', 'tablet']]);
    expect(other.received.map(({ body }) => body.notifications.length)).toEqual([1]);
  });

  test('no other key does: another scope, another person, a push_url that is not listed, or no more', async () => {
    const it = await open();
    await it.issueKey('alice', 'read', { push_url: it.pushUrl });
    await it.issueKey('admin', 'push', { push_url: it.pushUrl });
    for (const push_url of [
      `${it.pushUrl}/more`,
      `${it.pushUrl}?x=1`,
      it.pushUrl.slice(0, -1),
      it.pushUrl.toUpperCase(),
    ])
      await it.issueKey('alice', 'push', { push_url, client_id: push_url });
    await it.reply();
    expect(it.received).toEqual([]);
    await it.issueKey('alice', 'notifications', { push_url: it.pushUrl });
    await it.set('allowed_user_api_push_urls', `${it.pushUrl}/more`);
    await it.reply('Is nobody listening any more?');
    expect(clientsOf(it)).toEqual([]);
  });

  test('is retried with backoff, with the same id, until it is taken', async () => {
    const it = await open((response, attempt) => response.writeHead(attempt < 4 ? 503 : 200).end());
    await it.issueKey('alice', 'push', { push_url: it.pushUrl });
    await it.reply();
    const waits: number[] = [];
    for (let seconds = 0, since = 0; seconds < 120; seconds += 1) {
      const before = it.received.length;
      await it.later(1_000);
      since += 1;
      if (it.received.length > before) waits.push(since);
      if (it.received.length > before) since = 0;
    }
    expect(waits).toHaveLength(3);
    const [first = 0, second = 0, third = 0] = waits;
    for (const [wait, least] of [
      [first, 5],
      [second, 10],
      [third, 20],
    ] as const) {
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(least * 1.5 + 1);
    }
    expect(new Set(it.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(it.failures.map(({ willRetry }) => willRetry)).toEqual([true, true, true]);
  });

  test('gives up after a day', async () => {
    const it = await open((response) => response.writeHead(503).end());
    await it.issueKey('alice', 'push', { push_url: it.pushUrl });
    await it.reply();
    for (let hours = 0; hours < 30; hours += 1.5) await it.later(1.5 * 3_600_000);
    expect(it.failures.at(-1)?.willRetry).toBe(false);
    const { length } = it.received;
    await it.later(DAY_MS);
    expect(it.received).toHaveLength(length);
  });

  test('never goes to private addresses unless allowed (SSRF)', async () => {
    const it = await open(undefined, false);
    const { port } = new URL(it.pushUrl);
    const inside = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1', '169.254.169.254'];
    const urls = inside.map((host) => `https://${host}:${port}/push`);
    await it.set('allowed_user_api_push_urls', urls);
    for (const push_url of urls) await it.issueKey('alice', 'push', { push_url, client_id: push_url });
    await it.reply();
    expect(it.received).toEqual([]);
    expect(it.failures.map(({ problem }) => problem)).toEqual(inside.map(() => 'private_address'));
  });

  test('goes to https alone: an http push URL is refused where the admin writes it, unless allowed', async () => {
    for (const [allowsPrivate, status] of [
      [false, 422],
      [true, 200],
    ] as const) {
      const it = await open(undefined, allowsPrivate);
      const admin = await it.browserOf('admin');
      const setting = { allowed_user_api_push_urls: `https://push.example/v1|${it.pushUrl}` };
      const path = '/admin/site_settings/allowed_user_api_push_urls.json';
      const answer = await admin.send('PUT', path, setting);
      expect(answer.status).toBe(status);
      const taken = it.valetkey.settings.current().allowed_user_api_push_urls;
      expect(taken).toEqual(allowsPrivate ? ['https://push.example/v1', it.pushUrl] : []);
      if (!allowsPrivate) expect(await json(answer)).toMatchObject({ code: 'setting_invalid' });
    }
  });

  test('follows no redirect, which could lead inside', async () => {
    const inside = await createReceiver();
    const it = await open((response) => response.writeHead(307, { location: inside.url }).end());
    await it.issueKey('alice', 'push', { push_url: it.pushUrl });
    await it.reply();
    await it.later(DAY_MS / 2);
    expect([it.received.length, inside.received.length]).toEqual([1, 0]);
  });

  test('never after revocation, also not what waits to be tried again', async () => {
    const it = await open((response) => response.writeHead(503).end());
    const phone = await it.issueKey('alice', 'push', { push_url: it.pushUrl, client_id: 'phone' });
    const tablet = await it.issueKey('alice', 'push', { push_url: it.pushUrl, client_id: 'tablet' });
    await it.reply();
    expect(clientsOf(it)).toEqual([['phone', 'tablet']]);
    await it.call(phone, '/user-api-key/revoke', 'POST');
    await it.later(60_000);
    expect(clientsOf(it)).toEqual([['phone', 'tablet'], ['tablet']]);
    await it.call(tablet, '/user-api-key/revoke', 'POST');
    await it.reply('Is anybody listening?');
    await it.later(DAY_MS / 2);
    expect(it.received).toHaveLength(2);
  });

  test('never after expiry, nor while the person is suspended', async () => {
    const it = await open();
    const { id } = (await json(it.send('/u/alice.json'))).user;
    await it.issueKey('alice', 'push', { push_url: it.pushUrl, expires_in_seconds: '3600' });
    const admin = await it.browserOf('admin');
    await admin.send('PUT', `/admin/users/${id}/suspend.json`, { suspend_until: '2030-01-01', reason: 'x' });
    await it.reply('One, which nobody should hear.');
    await admin.send('PUT', `/admin/users/${id}/unsuspend.json`);
    await it.reply('Two, which is heard again.');
    await it.later(3_600_000);
    await it.reply('Three, which is too late.');
    expect(it.received.map(({ body }) => body.notifications[0].excerpt)).toEqual([
      'Two, which is heard again.',
    ]);
  });
});
