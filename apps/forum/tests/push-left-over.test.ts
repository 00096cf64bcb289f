import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@valetkey/server';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { expect, onTestFinished, test } from 'vitest';
import { createTestForum, json } from './test-forum.ts';

/** Starts forums on one data folder that push to one receiver. */
async function createPushingHouse() {
  const dataDir = mkdtempSync(join(tmpdir(), 'forum-push-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const receiver = await createReceiver();
  const start = (store?: Store) =>
    createTestForum({ dataDir, push: { dangerouslyAllowPrivateAddresses: true }, ...(store && { store }) });
  return {
    ...receiver,
    start,
    /** Simulates a crash between a post and its push: the push is never queued. */
    async startToCrash() {
      const path = join(dataDir, 'valetkey.sqlite');
      const queueing = Promise.withResolvers<void>();
      const enqueuePush = () => {
        queueing.resolve();
        return new Promise<never>(() => {});
      };
      const forum = await start({ ...createSqliteStore({ path }), enqueuePush });
      await forum.forum.valetkey.settings.set('allowed_user_api_push_urls', receiver.url);
      await forum.issueKey('alice', 'push', { pushUrl: receiver.url });
      return { ...forum, queueing: queueing.promise };
    },
  };
}

const topic = { title: 'Whose plums and pears are these?', raw: 'Are they yours, @alice? They are ripe.' };

test('push after a crash: a pending notification is pushed at the next start, once', async () => {
  const { startToCrash, start, received } = await createPushingHouse();
  const crashing = await startToCrash();
  const bob = await crashing.signedIn('bob');
  void bob.send('POST', '/posts.json', topic);
  await crashing.queueing;
  await crashing.close();
  for (let starts = 0; starts < 3; starts += 1) {
    const forum = await start();
    await forum.forum.valetkey.processPushQueue();
    await forum.close();
  }
  expect(received.map(({ body }) => body.notifications[0].topic_title)).toEqual([topic.title]);
});

test('push after a crash: notifications of deleted posts are not pushed', async () => {
  const { startToCrash, start, received } = await createPushingHouse();
  const crashing = await startToCrash();
  const bob = await crashing.signedIn('bob');
  void bob.send('POST', '/posts.json', topic);
  await crashing.queueing;
  const [{ id = 0 } = {}] = (await json(bob.get('/latest.json'))).topic_list.topics;
  const { post_stream } = await json(bob.get(`/t/${id}.json`));
  expect((await bob.send('DELETE', `/posts/${post_stream.posts[0].id}.json`, {})).status).toBe(200);
  await crashing.close();
  const forum = await start();
  await forum.forum.valetkey.processPushQueue();
  expect(received).toEqual([]);
});
