import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

const path = '/u/bob/topic-tracking-state.json';

interface Row {
  readonly topic_id: number;
  readonly last_read_post_number: number | null;
}

async function createTrackingApp() {
  const forum = await createTestForum();
  const key = await forum.issueKey('bob', 'session_info');
  const state = (): Promise<Row[]> => json(forum.fetch(path, asApp(key)));
  const rowOf = async (id: number) => (await state()).find(({ topic_id }) => topic_id === id);
  return { ...forum, key, state, rowOf, bob: await forum.signedIn('bob') };
}

test('topic tracking: lists new topics and the last read post of the others', async () => {
  const { state, rowOf, bob, signedIn } = await createTrackingApp();
  const unseen = (await json(bob.get('/new.json'))).topic_list.topics;
  expect(unseen.length).toBeGreaterThan(0);
  expect(await state()).toHaveLength(unseen.length);
  const [first] = unseen;
  expect(await rowOf(first.id)).toEqual({
    topic_id: first.id,
    highest_post_number: first.highest_post_number,
    last_read_post_number: null,
    created_at: first.created_at,
    category_id: first.category_id,
    notification_level: null,
  });

  await bob.get(`/t/${first.id}`);
  expect(await rowOf(first.id)).toBeUndefined();
  const alice = await signedIn('alice');
  await alice.send('POST', '/posts.json', { topic_id: first.id, raw: 'One more thing to read.' });
  expect(await rowOf(first.id)).toMatchObject({
    highest_post_number: first.highest_post_number + 1,
    last_read_post_number: first.highest_post_number,
    notification_level: 2,
  });
});

test('topic tracking: the user’s own topics are watched', async () => {
  const { rowOf, bob, signedIn } = await createTrackingApp();
  const begun = { title: 'Where do the swifts go?', raw: 'They were gone this morning, all of them.' };
  const { topic_id } = await json(bob.send('POST', '/posts.json', begun));
  expect(await rowOf(topic_id)).toBeUndefined();
  await (await signedIn('alice')).send('POST', '/posts.json', { topic_id, raw: 'To the south.' });
  expect(await rowOf(topic_id)).toMatchObject({ last_read_post_number: 1, notification_level: 3 });
});

test('topic tracking: agrees with /notifications/totals', async () => {
  const { state, bob, signedIn } = await createTrackingApp();
  const [{ topic_id } = { topic_id: 0 }] = await state();
  await bob.get(`/t/${topic_id}`);
  await (await signedIn('alice')).send('POST', '/posts.json', { topic_id, raw: 'One more to read.' });
  const rows = await state();
  const { topic_tracking } = await json(bob.get('/notifications/totals.json'));
  expect(topic_tracking).toEqual({
    new: rows.filter((row) => row.last_read_post_number === null).length,
    unread: rows.filter((row) => row.last_read_post_number !== null).length,
  });
  expect(topic_tracking.unread).toBe(1);
});

test('topic tracking: rejects other users, admins included', async () => {
  const { fetch, issueKey, key, signedIn } = await createTrackingApp();
  expect((await fetch('/u/BOB/topic-tracking-state.json', asApp(key))).status).toBe(200);
  expect((await fetch('/u/alice/topic-tracking-state.json', asApp(key))).status).toBe(403);
  expect((await fetch('/u/nobody/topic-tracking-state.json', asApp(key))).status).toBe(404);
  expect((await (await signedIn('admin')).get(path)).status).toBe(403);
  const other = await issueKey('bob', 'notifications');
  expect(await json(fetch(path, asApp(other)))).toMatchObject({ code: 'scope_insufficient' });
});
