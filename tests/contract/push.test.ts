import { createReceiver } from '@valetkey/test-support/push-receiver';
import { json } from '@valetkey/test-support/responses';
import { describe, expect } from 'vitest';
import type { ContractSite } from './target/contract-site.ts';
import type { ClockControl, PushControl, SettingsControl } from './target/contract-target.ts';
import { test } from './target/contract-test.ts';

const DAY_MS = 86_400_000;
const TITLE = 'Whose plums & pears are these?';

interface Controls {
  readonly site: ContractSite;
  readonly settings: SettingsControl;
  readonly clock: ClockControl;
  readonly push: PushControl;
}

describe('push', () => {
  /** Alice has a topic, and a receiver that her apps may name. */
  async function open(
    { site, settings, clock, push }: Controls,
    answer?: Parameters<typeof createReceiver>[0],
  ) {
    const receiver = await createReceiver(answer);
    await settings.set('allowed_user_api_push_urls', receiver.url);
    const alice = await site.browserOf('alice');
    const topic = { title: TITLE, raw: 'A basket of them at the gate.' };
    const { topic_id } = await json(alice.send('POST', '/posts.json', topic));
    return {
      ...receiver,
      pushUrl: receiver.url,
      /** Bob replies, and everything that is due is sent. */
      async reply(raw = 'They are mine. Thank you for keeping them.') {
        const bob = await site.browserOf('bob');
        expect((await bob.send('POST', '/posts.json', { topic_id, raw })).status).toBe(200);
        await push.deliver();
      },
      async later(ms: number) {
        clock.advance(ms);
        await push.deliver();
      },
    };
  }

  const clientsOf = ({ received }: Awaited<ReturnType<typeof open>>) =>
    received.map(({ body }) =>
      body.notifications.map((one: { client_id: string }) => one.client_id).toSorted(),
    );

  test.for(['push', 'notifications'])(
    'an active key with the scope %s and a listed push_url: receives each notification as a POST',
    async (scope, { site, settings, clock, push }) => {
      const it = await open({ site, settings, clock, push });
      await site.issueKey('alice', scope, { push_url: it.pushUrl, client_id: 'phone' });
      await it.reply();
      expect(it.received).toHaveLength(1);
      const [{ headers, body } = { headers: {}, body: null }] = it.received;
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(body).toMatchObject({
        secret_key: expect.stringMatching(/^[0-9a-f]{32}$/),
        url: site.url,
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
      expect(notification.url).toBe(site.url + notification.post_url);
      expect((await fetch(notification.url)).status).toBe(200);
    },
  );

  test('several keys of a user with one push URL: get one POST together', async ({
    site,
    settings,
    clock,
    push,
  }) => {
    const it = await open({ site, settings, clock, push });
    const other = await createReceiver();
    await settings.set('allowed_user_api_push_urls', `${it.pushUrl}|${other.url}`);
    for (const client_id of ['phone', 'tablet'])
      await site.issueKey('alice', 'push', { push_url: it.pushUrl, client_id });
    await site.issueKey('alice', 'push', { push_url: other.url, client_id: 'watch' });
    await it.reply();
    expect(clientsOf(it)).toEqual([['phone', 'tablet']]);
    expect(other.received.map(({ body }) => body.notifications.length)).toEqual([1]);
  });

  test('a key with another scope, of another user, or with a push_url that is not listed: receives nothing', async ({
    site,
    settings,
    clock,
    push,
  }) => {
    const it = await open({ site, settings, clock, push });
    await site.issueKey('alice', 'read', { push_url: it.pushUrl });
    await site.issueKey('admin', 'push', { push_url: it.pushUrl });
    for (const push_url of [
      `${it.pushUrl}/more`,
      `${it.pushUrl}?x=1`,
      it.pushUrl.slice(0, -1),
      it.pushUrl.toUpperCase(),
    ])
      await site.issueKey('alice', 'push', { push_url, client_id: push_url });
    await it.reply();
    expect(it.received).toEqual([]);
    await site.issueKey('alice', 'notifications', { push_url: it.pushUrl });
    await settings.set('allowed_user_api_push_urls', `${it.pushUrl}/more`);
    await it.reply('Does anybody read this?');
    expect(clientsOf(it)).toEqual([]);
  });

  test('a failed push: is retried with backoff and the same Idempotency-Key until it is taken', async ({
    site,
    settings,
    clock,
    push,
  }) => {
    const it = await open({ site, settings, clock, push }, (response, attempt) =>
      response.writeHead(attempt < 4 ? 503 : 200).end(),
    );
    await site.issueKey('alice', 'push', { push_url: it.pushUrl });
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
  });

  test('a failed push: is given up after a day', async ({ site, settings, clock, push }) => {
    const it = await open({ site, settings, clock, push }, (response) => response.writeHead(503).end());
    await site.issueKey('alice', 'push', { push_url: it.pushUrl });
    await it.reply();
    for (let hours = 0; hours < 30; hours += 1.5) await it.later(1.5 * 3_600_000);
    const { length } = it.received;
    await it.later(DAY_MS);
    expect(it.received).toHaveLength(length);
  });

  test('a push: follows no redirect', async ({ site, settings, clock, push }) => {
    const inside = await createReceiver();
    const it = await open({ site, settings, clock, push }, (response) =>
      response.writeHead(307, { location: inside.url }).end(),
    );
    await site.issueKey('alice', 'push', { push_url: it.pushUrl });
    await it.reply();
    await it.later(DAY_MS / 2);
    expect([it.received.length, inside.received.length]).toEqual([1, 0]);
  });

  test('a revoked key: receives nothing more, retries included', async ({ site, settings, clock, push }) => {
    const it = await open({ site, settings, clock, push }, (response) => response.writeHead(503).end());
    const phone = await site.issueKey('alice', 'push', { push_url: it.pushUrl, client_id: 'phone' });
    const tablet = await site.issueKey('alice', 'push', { push_url: it.pushUrl, client_id: 'tablet' });
    await it.reply();
    expect(clientsOf(it)).toEqual([['phone', 'tablet']]);
    await site.call(phone, '/user-api-key/revoke', 'POST');
    await it.later(60_000);
    expect(clientsOf(it)).toEqual([['phone', 'tablet'], ['tablet']]);
    await site.call(tablet, '/user-api-key/revoke', 'POST');
    await it.reply('Does anybody read this?');
    await it.later(DAY_MS / 2);
    expect(it.received).toHaveLength(2);
  });

  test('a key that expired, or whose user is suspended: receives nothing', async ({
    site,
    settings,
    clock,
    push,
  }) => {
    const it = await open({ site, settings, clock, push });
    const { id } = (await json(site.send('/u/alice.json'))).user;
    await site.issueKey('alice', 'push', { push_url: it.pushUrl, expires_in_seconds: '3600' });
    const admin = await site.browserOf('admin');
    await admin.send('PUT', `/admin/users/${id}/suspend.json`, { suspend_until: '2030-01-01', reason: 'x' });
    await it.reply('One, while alice is suspended.');
    await admin.send('PUT', `/admin/users/${id}/unsuspend.json`);
    await it.reply('Two, while alice is active.');
    await it.later(3_600_000);
    await it.reply('Three, after the key expired.');
    expect(it.received.map(({ body }) => body.notifications[0].excerpt)).toEqual([
      'Two, while alice is active.',
    ]);
  });
});
