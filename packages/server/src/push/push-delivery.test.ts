import { createReceiver } from '@valetkey/test-support/push-receiver';
import {
  createPushSite,
  createAnsweringSite as createSite,
  down,
} from '@valetkey/test-support/site/push-site';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';

describe('push delivery', () => {
  const createAnsweringSite = (answer?: Parameters<typeof createReceiver>[0]) =>
    createSite(createMemoryStore(), answer);

  test('retries a failed push later with the same id until it succeeds', async () => {
    const site = await createAnsweringSite((response, count) =>
      count < 4 ? down(response) : response.end(),
    );
    await site.notify();
    const counts = [site.received.length];
    for (const seconds of [4, 4, 6, 10, 20, 40]) {
      site.advance(seconds * 1000);
      await site.valetkey.processPushQueue();
      counts.push(site.received.length);
    }
    expect(counts[0]).toBe(1);
    expect(counts[1]).toBe(1);
    expect(counts.at(-1)).toBe(4);
    expect(new Set(site.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(site.received.map(({ text }) => text)).size).toBe(1);
    expect(site.failures.map(({ willRetry }) => willRetry)).toEqual([true, true, true]);
    await site.notify();
    expect(new Set(site.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  test('sends nothing to an app while an admin blocks it, also not what was queued before', async () => {
    const site = await createAnsweringSite((response, count) =>
      count === 1 ? down(response) : response.end(),
    );
    await site.notify();
    const values = { kind: 'host', value: new URL(site.url).hostname, reason: 'It sells them.' };
    await site.post('/admin/user-api-key-blocks.json', values, 'admin');
    await site.tryAgain();
    await site.notify();
    expect(site.received).toHaveLength(1);
    await site.post('/admin/user-api-key-blocks/delete.json', values, 'admin');
    await site.notify();
    expect(site.received).toHaveLength(2);
  });

  test('delays a retry by Retry-After', async () => {
    const site = await createAnsweringSite((response, count) =>
      count === 1 ? response.writeHead(429, { 'retry-after': '600' }).end() : response.end(),
    );
    await site.notify();
    site.advance(599_000);
    await site.notify();
    expect(site.received).toHaveLength(1);
    site.advance(1_000);
    await site.valetkey.processPushQueue();
    expect(site.received).toHaveLength(3);
  });

  test.each([404, 410, 400, 302])('reports status %i and does not retry', async (status) => {
    const site = await createAnsweringSite((response) => response.writeHead(status, { location: '/' }).end());
    await site.notify();
    await site.tryAgain();
    expect(site.received).toHaveLength(1);
    expect(site.failures).toEqual([
      { host: new URL(site.url).host, problem: 'status', status, willRetry: false },
    ]);
  });

  test('drops a push after a day', async () => {
    const site = await createAnsweringSite(down);
    await site.notify();
    for (let hours = 0; hours < 48; hours += 1.5) await site.tryAgain();
    expect(site.failures.at(-1)).toMatchObject({ willRetry: false });
    const { length } = site.received;
    expect(length).toBeLessThan(18);
    await site.tryAgain();
    expect(site.received).toHaveLength(length);
  });

  test('a push that always fails does not block later ones', async () => {
    const site = await createAnsweringSite((response) => response.end());
    const stuck = await createReceiver((response, count) => (count === 1 ? down(response) : response.end()));
    await site.valetkey.settings.set('allowed_user_api_push_urls', `${site.url}|${stuck.url}`);
    await site.approve({ client_id: 'stuck', scopes: 'push', push_url: stuck.url });
    await site.notify({ excerpt: 'first' });
    await site.notify({ excerpt: 'second' });
    expect(site.received).toHaveLength(2);
    expect(stuck.received).toHaveLength(1);
    await site.tryAgain();
    const excerpts = stuck.received.map(({ body }) => body.notifications[0].excerpt);
    expect(excerpts).toEqual(['first', 'second', 'first']);
  });

  test('a hanging push URL delays no other, and gets one POST at a time', async () => {
    const hanging: (() => void)[] = [];
    const slow = await createReceiver((response) => void hanging.push(() => response.end()));
    const site = await createAnsweringSite();
    await site.valetkey.settings.set('allowed_user_api_push_urls', `${slow.url}|${site.url}`);
    await site.approve({ client_id: 'slow', scopes: 'push', push_url: slow.url });
    const arrived = slow.nextArrival();
    for (let count = 0; count < 3; count += 1) {
      const next = site.nextArrival();
      await site.valetkey.notify('id-alice', {
        notificationType: 1,
        postUrl: '/t/1',
        topicTitle: 'T',
        excerpt: '',
        username: 'bob',
      });
      await next;
    }
    await arrived;
    expect([site.received.length, slow.received.length]).toEqual([3, 1]);
    for (let count = 1; count <= 3; count += 1) {
      const next = count < 3 ? slow.nextArrival() : Promise.resolve();
      hanging.shift()?.();
      await next;
    }
    await site.valetkey.processPushQueue();
    expect(slow.received).toHaveLength(3);
  });

  test('two nodes with one store deliver each push once', async () => {
    const receiver = await createReceiver();
    const store = createMemoryStore();
    const [one, two] = [
      await createPushSite(store, [receiver.url]),
      await createPushSite(store, [receiver.url]),
    ];
    await one.approve({ scopes: 'push', push_url: receiver.url });
    await Promise.all(
      Array.from({ length: 20 }, (_, id) => (id % 2 === 0 ? one : two).notify({ excerpt: `post ${id}` })),
    );
    const excerpts = receiver.received.map(({ body }) => body.notifications[0].excerpt);
    expect(excerpts).toHaveLength(20);
    expect(new Set(excerpts).size).toBe(20);
    expect(one.secret()).toBe(two.secret());
  });

  test('reports a failure with host and reason, without any part of the notification', async () => {
    const site = await createAnsweringSite(down);
    await site.notify();
    expect(site.failures).toEqual([
      { host: new URL(site.url).host, problem: 'status', status: 503, willRetry: true },
    ]);
    const audit = await site.store.listAuditEvents({ beforeId: null, limit: 100 });
    expect(JSON.stringify([site.failures, audit])).not.toMatch(
      new RegExp(`${site.secret()}|excerpt|/push|${site.key}`),
    );
  });

  test('notify: reports a failure of the store and does not reject', async () => {
    const site = await createAnsweringSite();
    const { store } = site;
    store.enqueuePush = async () => false;
    await site.notify();
    store.enqueuePush = () => Promise.reject(new Error('disk full'));
    await site.notify();
    const { claimPush } = store;
    store.claimPush = () => Promise.reject(new Error('disk full'));
    await site.valetkey.processPushQueue();
    store.claimPush = claimPush;
    expect(site.failures.map(({ problem }) => problem)).toEqual([
      'queue_full',
      'store_failed',
      'store_failed',
    ]);
    expect(site.received).toEqual([]);
  });
});
