import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteDatabase } from '@valetkey/sql-store/sqlite';
import { createTestDatabase } from '@valetkey/test-support/postgres/test-database';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { forumSchema } from '../src/data/forum-schema.ts';
import { createNotifications } from '../src/data/notifications.ts';
import { asApp, createTestForum, json, type TestForum } from './test-forum.ts';

const DAY_MS = 86_400_000;
const database = await createTestDatabase();
afterAll(() => database.drop());

/** The notices of a user, newest first; waits until there are so many. */
async function noticesOf(forum: TestForum, username: string, count: number) {
  const browser = await forum.signedIn(username);
  return expect
    .poll(async () => {
      const { notifications } = await json(browser.get('/notifications.json'));
      return notifications.filter(
        ({ notification_type: type }: { notification_type: number }) => type === 14,
      );
    })
    .toHaveLength(count)
    .then(async () => (await json(browser.get('/notifications.json'))).notifications.slice(0, count));
}

test.each([
  ['SQLite', {}],
  ['PostgreSQL', { databaseUrl: database.url }],
])(
  'a new key on %s: its user gets a notification without the key, in Discourse’s form',
  async (_, options) => {
    const forum = await createTestForum(options);
    const key = await forum.issueKey('alice', 'notifications', { applicationName: 'Plum <b>Reader</b>' });
    const [notice] = await noticesOf(forum, 'alice', 1);
    expect(notice).toEqual({
      id: expect.any(Number),
      user_id: expect.any(Number),
      notification_type: 14,
      read: false,
      high_priority: false,
      created_at: '2026-11-23T12:00:00.000Z',
      post_number: null,
      topic_id: null,
      slug: null,
      fancy_title: 'Plum &lt;b&gt;Reader&lt;/b&gt;',
      data: {
        title: 'Plum <b>Reader</b>',
        message: 'You allowed an app to use your account.',
        kind: 'key_created',
      },
    });
    expect(JSON.stringify(notice)).not.toContain(key);
    expect((await noticesOf(forum, 'bob', 0)).length).toBe(0);
  },
);

test('notices: a revocation by an admin and the coming expiry of a personal key are notifications', async () => {
  const forum = await createTestForum();
  await forum.issueKey('alice', 'read');
  const admin = await forum.signedIn('admin');
  await admin.send('PUT', '/admin/site_settings/allow_personal_user_api_keys.json', {
    allow_personal_user_api_keys: 'all',
  });
  const alice = await forum.signedIn('alice');
  const made = await alice.send('POST', '/u/alice/preferences/api-keys/new.json', {
    application_name: 'Backup script',
    scopes: 'read',
    expires_in_seconds: 10 * 86_400,
  });
  expect(made.status).toBe(200);
  await admin.send('POST', '/admin/user-api-key-list/revoke.json', { ids: '1' });
  forum.advance(9.5 * DAY_MS);
  await forum.forum.valetkey.runDailyJobs();
  const notices = await noticesOf(forum, 'alice', 4);
  expect(
    notices.map(({ data }: { data: { title: string; message: string } }) => [data.title, data.message]),
  ).toEqual([
    ['Backup script', 'A personal key expires in 1 day.'],
    ['Plum Reader', 'An admin revoked the access of an app or key.'],
    ['Backup script', expect.stringContaining('A personal key was created')],
    ['Plum Reader', expect.stringContaining('You allowed an app')],
  ]);
});

test('GET /u/alice/notifications: shows notices and posts, counts unread ones, and marks them read', async () => {
  const forum = await createTestForum();
  const alice = await forum.signedIn('alice');
  await alice.send('PUT', '/notifications/mark-read.json', {});
  const name = '<script>alert(1)</script>';
  await forum.issueKey('alice', 'read', { applicationName: name });
  const bob = await forum.signedIn('bob');
  await bob.send('POST', '/posts.json', { topic_id: 1, raw: 'Does @alice know about this?' });
  const open = async () => (await alice.get('/u/alice/notifications')).text();
  const page = await open();
  expect(page).toContain('(2 unread)');
  expect(page.match(/<strong>New:<\/strong>/g)).toHaveLength(2);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;</bdi></a>: You allowed an app');
  expect(page).not.toContain(name);
  expect(page).toContain('mentioned you in');
  expect(await (await alice.get('/')).text()).toContain('(2 unread)');
  const marked = await alice.submit('/u/alice/notifications/mark-read', {});
  expect(marked.headers.get('location')).toBe('/u/alice/notifications');
  const after = await open();
  expect(after).not.toContain('unread)');
  expect(after).not.toContain('New:');
});

test('GET /u/alice/notifications: shows nothing to other users, and only a key that reads everything', async () => {
  const forum = await createTestForum();
  for (const username of ['bob', 'admin']) {
    const other = await forum.signedIn(username);
    expect((await other.get('/u/alice/notifications')).status, username).toBe(403);
    expect((await other.send('POST', '/u/alice/notifications/mark-read')).status, username).toBe(403);
  }
  const key = await forum.issueKey('alice', 'notifications,session_info');
  const init = asApp(key, { method: 'POST', body: '{}' });
  expect((await forum.fetch('/u/alice/notifications/mark-read', init)).status).toBe(403);
  expect((await forum.fetch('/u/alice/notifications', asApp(key))).status).toBe(403);
});

test('notices: the user sees from which IP address an app was allowed, apps do not', async () => {
  const forum = await createTestForum();
  const key = await forum.issueKey('alice', 'read,notifications');
  const alice = await forum.signedIn('alice');
  const path = '/u/alice/notifications';
  await expect.poll(async () => (await alice.get(path)).text()).toContain('from the IP address 127.0.0.1');
  for (const readable of [path, '/notifications.json']) {
    const text = await (await forum.fetch(readable, asApp(key))).text();
    expect(text).toContain('You allowed an app to use your account.');
    expect(text).not.toContain('127.0.0.1');
  }
});

test('POST /message-bus: a notice arrives after the notifications before it', async () => {
  const forum = await createTestForum();
  const alice = await forum.signedIn('alice');
  const { id } = (await json(forum.fetch('/u/alice.json'))).user;
  const bob = await forum.signedIn('bob');
  const post = await json(
    bob.send('POST', '/posts.json', { topic_id: 1, raw: 'Does @alice know about this?' }),
  );
  await forum.issueKey('alice', 'read');
  const messages = await json(alice.send('POST', '/message-bus/abc/poll', { [`/notification/${id}`]: 0 }));
  const [before, notice] = messages.slice(-2);
  expect([before.global_id, notice.global_id]).toEqual([post.id, post.id]);
  expect(notice.data.last_notification.notification.data.title).toBe('Plum Reader');
});

test('notifications of an older database: are kept, and notices are added after them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-notices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'forum.sqlite');
  const [name, migrations] = [forumSchema.name, forumSchema.migrations.slice(0, 7)];
  await openSqliteDatabase({ path, schema: { name, migrations } }).close();
  const old = new DatabaseSync(path);
  old.exec(`INSERT INTO users (username, name, password_hash, created_at) VALUES ('alice', 'Alice', '', 0), ('bob', 'Bob', '', 0);
    INSERT INTO categories (name, slug, color, description) VALUES ('Plums', 'plums', '', '');
    INSERT INTO topics (title, slug, category_id, user_id, created_at, bumped_at) VALUES ('Ripe', 'ripe', 1, 2, 0, 0);
    INSERT INTO posts (topic_id, post_number, user_id, raw, created_at, updated_at) VALUES (1, 1, 2, 'one', 0, 0), (1, 2, 2, 'two', 0, 0);
    INSERT INTO notifications (user_id, post_id, type, is_read, created_at) VALUES (1, 1, 1, 1, 5), (1, 2, 9, 0, 6)`);
  old.close();
  const database = openSqliteDatabase({ path, schema: forumSchema });
  const notifications = createNotifications(database);
  await notifications.addNotice({
    kind: 'key_revoked',
    reason: 'unused',
    userId: '1',
    applicationName: 'Reader',
    at: 7,
  });
  expect(await notifications.list(1, { limit: 9, offset: 0 })).toMatchObject([
    { id: 3, isRead: false, createdAt: 7, notice: { kind: 'key_revoked', applicationName: 'Reader' } },
    { id: 2, isRead: false, createdAt: 6, postId: 2, type: 9 },
    { id: 1, isRead: true, createdAt: 5, postId: 1, type: 1 },
  ]);
  expect(await notifications.postsToPush()).toEqual([1, 2]);
  await database.close();
});
