import { createReceiver } from '@valetkey/test-support/push-receiver';
import {
  createPushSite,
  createAnsweringSite as createSite,
  DAY_MS,
  down,
  type PushSite,
} from '@valetkey/test-support/site/push-site';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';

describe('notify', () => {
  const createAnsweringSite = (answer?: Parameters<typeof createReceiver>[0]) =>
    createSite(createMemoryStore(), answer);

  test('posts the notification with Discourse’s names', async () => {
    const site = await createAnsweringSite();
    await site.notify();
    expect(site.push).toBe(true);
    expect(site.received.map(({ body }) => body)).toEqual([
      {
        secret_key: site.secret(),
        url: 'https://forum.example',
        title: 'Plum Forum',
        description: '',
        notifications: [
          {
            notification_type: 9,
            post_number: 2,
            topic_title: 'Whose <plums> are these?',
            topic_id: 7,
            excerpt: 'An excerpt to find.',
            username: 'bob',
            post_url: '/t/plums/7/2',
            url: 'https://forum.example/t/plums/7/2',
            client_id: 'client-1',
          },
        ],
      },
    ]);
    await site.tryAgain();
    expect([site.received.length, site.failures]).toEqual([1, []]);
  });

  test('pushes for the scope notifications too, and never without either scope', async () => {
    const receiver = await createReceiver();
    const site = await createPushSite(createMemoryStore(), [receiver.url]);
    for (const scopes of ['notifications', 'read', 'read,write', 'message_bus'])
      await site.approve({ client_id: scopes, scopes, push_url: receiver.url });
    await site.notify();
    expect(receiver.received.map(({ body }) => body.notifications)).toEqual([
      [expect.objectContaining({ client_id: 'notifications' })],
    ]);
  });

  test('posts nothing if the push URL is not on the list exactly, and the client received push: false', async () => {
    const receiver = await createReceiver();
    const site = await createPushSite(createMemoryStore(), [`${receiver.url}/listed`]);
    for (const push_url of [receiver.url, `${receiver.url}/listed/more`, `${receiver.url}/listed?a`, null]) {
      const { push } = await site.approve({ client_id: `at ${push_url}`, scopes: 'push', push_url });
      expect(push).toBe(false);
    }
    await site.notify();
    expect(receiver.received).toEqual([]);
  });

  test('posts once to a push URL that two clients share, and once to each that they do not', async () => {
    const [one, two] = [await createReceiver(), await createReceiver()];
    const site = await createPushSite(createMemoryStore(), [one.url, two.url]);
    for (const client_id of ['a', 'b']) await site.approve({ client_id, scopes: 'push', push_url: one.url });
    await site.approve({ client_id: 'c', scopes: 'push', push_url: two.url });
    await site.approve({ client_id: 'd', scopes: 'push', push_url: one.url }, 'bob');
    await site.notify();
    const clientsOf = ({ received }: typeof one) =>
      received.map(({ body }) => body.notifications.map((n: { client_id: string }) => n.client_id).sort());
    expect([clientsOf(one), clientsOf(two)]).toEqual([[['a', 'b']], [['c']]]);
  });

  const changes: [string, (site: PushSite, key: string) => unknown][] = [
    [
      'the app gave its key back',
      (site, key) =>
        site.send('/user-api-key/revoke.json', { method: 'POST', headers: { 'User-Api-Key': key } }),
    ],
    [
      'alice revoked the app',
      async (site) => {
        const [{ id } = { id: 0 }] = await site.store.listKeys('id-alice');
        await site.post('/user-api-key/revoke.json', { id: String(id) }, 'alice');
      },
    ],
    [
      'another node revoked the key',
      async (site) => {
        const [{ id } = { id: 0 }] = await site.store.listKeys('id-alice');
        await site.store.revokeKey(id, site.now());
      },
    ],
    ['the key was replaced', (site) => site.approve({ scopes: 'read' })],
    ['alice was suspended', (site) => site.changeUser('alice', { isSuspended: true })],
    ['alice’s account was deleted', (site) => site.users.delete('alice')],
    [
      'the site removed the push URL from its list',
      (site) => site.valetkey.settings.set('allowed_user_api_push_urls', ''),
    ],
    [
      'the key was unused for too long',
      async (site) => {
        site.advance(181 * DAY_MS);
        await site.valetkey.runDailyJobs();
      },
    ],
  ];

  test.each(changes)('posts nothing after %s', async (_change, change) => {
    const site = await createAnsweringSite();
    await change(site, site.key);
    await site.notify();
    expect(site.received).toEqual([]);
  });

  test.each(changes)('drops queued pushes after %s', async (_change, change) => {
    const site = await createAnsweringSite((response, count) =>
      count === 1 ? down(response) : response.end(),
    );
    await site.notify();
    expect(site.received).toHaveLength(1);
    await change(site, site.key);
    await site.tryAgain();
    expect([site.received.length, site.failures.length]).toEqual([1, 1]);
  });

  test('posts nothing for an expired key, whether it expired before or after queueing', async () => {
    const receiver = await createReceiver(down);
    const site = await createPushSite(createMemoryStore(), [receiver.url]);
    await site.approve({ scopes: 'push', push_url: receiver.url, expires_in_seconds: '60' });
    await site.notify();
    await site.tryAgain();
    await site.notify();
    expect(receiver.received).toHaveLength(1);
  });

  test('a retry to a shared push URL includes only the client with an active key', async () => {
    const site = await createAnsweringSite((response, count) =>
      count === 1 ? down(response) : response.end(),
    );
    const second = await site.approve({ client_id: 'second', scopes: 'push', push_url: site.url });
    await site.notify();
    await site.send('/user-api-key/revoke.json', { method: 'POST', headers: { 'User-Api-Key': second.key } });
    await site.tryAgain();
    expect(site.received.map(({ body }) => body.notifications.length)).toEqual([2, 1]);
    expect(site.received[1]?.text).not.toContain('second');
  });

  test('rejects a post URL that is not on the site', async () => {
    const site = await createAnsweringSite();
    await expect(site.notify({ postUrl: 'https://evil.example/' })).rejects.toThrow(TypeError);
    expect(site.received).toEqual([]);
  });
});
