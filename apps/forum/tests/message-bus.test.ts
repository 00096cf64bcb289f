import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

/** An app of alice with the scope message_bus only. */
async function createListener() {
  const forum = await createTestForum();
  const key = await forum.issueKey('alice', 'message_bus');
  const channel = `/notification/${(await json(forum.fetch('/u/alice.json'))).user.id}`;
  const send = (body: unknown, path = '/message-bus/0a1b2c-3/poll') =>
    forum.fetch(path, asApp(key, { method: 'POST', body: JSON.stringify(body) }));
  const poll = (body: unknown) => json(send(body));
  const [{ data: last }] = await poll({ [channel]: -1, '/latest': -1 });
  const bob = await forum.signedIn('bob');
  const reply = (topic_id: number) =>
    json(bob.send('POST', '/posts.json', { topic_id, raw: 'News for you.' }));
  const alice = await forum.signedIn('alice');
  const { topic_id } = await json(
    alice.send('POST', '/posts.json', { title: 'Who has seen my ladder?', raw: 'It stood behind the shed.' }),
  );
  return { ...forum, key, channel, send, poll, last, alice, bob, reply, topic_id };
}

test('message bus: a first poll gets the position of each channel and no old messages', async () => {
  const { poll, channel } = await createListener();
  const [status, ...others] = await poll({ [channel]: -1, '/latest': '-1', __seq: 1 });
  expect(others).toEqual([]);
  expect(status).toMatchObject({ global_id: -1, message_id: -1, channel: '/__status' });
  expect(Object.keys(status.data)).toEqual([channel, '/latest']);
});

test('message bus: sends a reply and its topic once', async () => {
  const { poll, channel, last, reply, topic_id } = await createListener();
  const before = { [channel]: last[channel], '/latest': last['/latest'] + 1 };
  expect(await poll(before)).toEqual([]);
  const { id } = await reply(topic_id);
  const messages = await poll(before);
  expect(messages).toEqual([
    {
      global_id: id,
      message_id: expect.any(Number),
      channel,
      data: {
        unread_notifications: expect.any(Number),
        unread_high_priority_notifications: 0,
        seen_notification_id: 0,
        last_notification: {
          notification: expect.objectContaining({ topic_id, read: false, post_number: 2 }),
        },
      },
    },
    {
      global_id: id,
      message_id: id,
      channel: '/latest',
      data: {
        topic_id,
        message_type: 'latest',
        payload: { bumped_at: '2026-11-23T12:00:00.000Z', category_id: 1, archetype: 'regular' },
      },
    },
  ]);
  const [notification, latest] = messages;
  expect(await poll({ [channel]: notification.message_id, '/latest': latest.message_id })).toEqual([]);
});

test('message bus: accepts a form, which its clients send', async () => {
  const { fetch, key, reply, last, topic_id } = await createListener();
  const { id } = await reply(topic_id);
  const body = new URLSearchParams({ '/latest': String(last['/latest'] + 1), __seq: '1' });
  const headers = { 'user-api-key': key };
  const answer = await fetch('/message-bus/abc/poll?dlp=t', { method: 'POST', body, headers });
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await json(answer)).toMatchObject([{ message_id: id, channel: '/latest' }]);
});

test('message bus: ignores the channels of other users', async () => {
  const { poll, send, channel, fetch, alice, last, topic_id, reply, issueKey } = await createListener();
  await reply(topic_id);
  await alice.send('POST', '/posts.json', { topic_id, raw: 'Thank you.', reply_to_post_number: 2 });
  const { id } = (await json(fetch('/u/bob.json'))).user;
  for (const lastId of [0, -1]) {
    expect(await poll({ [`/notification/${id}`]: lastId, '/private-messages': lastId })).toEqual([]);
  }
  const other = await issueKey('bob', 'message_bus');
  const body = JSON.stringify({ [channel]: last[channel] });
  expect(await json(fetch('/message-bus/abc/poll', asApp(other, { method: 'POST', body })))).toEqual([]);
  expect((await send({ [channel]: last[channel] })).status).toBe(200);
});

test('message bus: corrects a position above the last message', async () => {
  const { poll } = await createListener();
  const [status] = await poll({ '/latest': 999_999 });
  expect(status).toMatchObject({ channel: '/__status', data: { '/latest': expect.any(Number) } });
});

test('message bus: leaves out deleted posts and limits the messages of a response', async () => {
  const { poll, alice, reply, last, topic_id, signedIn } = await createListener();
  for (let count = 0; count < 101; count += 1) await reply(topic_id);
  const since = last['/latest'] + 1;
  const first = await poll({ '/latest': since });
  expect(first).toHaveLength(100);
  expect(await poll({ '/latest': first.at(-1).message_id })).toHaveLength(1);
  const [post] = (await json(alice.get(`/t/${topic_id}.json`))).post_stream.posts;
  await (await signedIn('admin')).send('DELETE', `/posts/${post.id}.json`);
  expect(await poll({ '/latest': since })).toEqual([]);
});

test.each(['x', '1 OR 1=1', '-2', '1.5', '9'.repeat(16), [1], { a: 1 }])(
  'message bus: rejects the message id %j with a sentence',
  async (lastId) => {
    const { send } = await createListener();
    const answer = await send({ '/latest': lastId });
    expect(answer.status).toBe(400);
    expect((await json(answer)).errors).toEqual([
      expect.stringMatching(/^(Send for|The parameter) \/latest/),
    ]);
  },
);

test('message bus: accepts a key with notifications and rejects one with read', async () => {
  const { fetch, issueKey, send } = await createListener();
  const init = { method: 'POST', body: '{}' };
  const path = '/message-bus/abc/poll';
  expect(await json(fetch(path, asApp(await issueKey('alice', 'notifications'), init)))).toEqual([]);
  expect((await fetch(path, asApp(await issueKey('alice', 'read'), init))).status).toBe(403);
  for (const odd of ['/message-bus/a%2Fb/poll', '/message-bus//poll', '/message-bus/%00/poll'])
    expect([odd, (await send({}, odd)).status]).toEqual([odd, 404]);
});
