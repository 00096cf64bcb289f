import type { Notice } from '@valetkey/server';
import { type Database, type Query, type Row, statement, type Work } from '@valetkey/sql-store/database';
import { findMentions } from './find-mentions.ts';
import type { Post } from './topic-rows.ts';

/** Discourse's notification types. */
export const NOTIFICATION_TYPE = { mentioned: 1, replied: 2, posted: 9, custom: 14 } as const;

interface NotificationBasics {
  readonly id: number;
  readonly userId: number;
  readonly type: number;
  readonly isRead: boolean;
  readonly createdAt: number;
}

/** A notification about a post. */
export interface PostNotification extends NotificationBasics {
  readonly notice: null;
  readonly postId: number;
  readonly postNumber: number;
  /** The author of the post. */
  readonly authorId: number;
  readonly topicId: number;
  readonly topicSlug: string;
  readonly topicTitle: string;
}

/** A notification about a key of the user. */
export interface KeyNotification extends NotificationBasics {
  readonly notice: Notice;
}

export type Notification = PostNotification | KeyNotification;

export interface Notifications {
  /**
   * Notifies each mentioned user, the author of the post that is replied to, and the author of the topic: each once, by
   * the first reason that applies, and never the post's own author.
   */
  addForPost(post: Post): Work<void>;
  /** Adds a notice of Valetkey. It is not pushed. */
  addNotice(notice: Notice): Promise<void>;
  /** Returns the newest first, without those of deleted posts. */
  list(userId: number, page: { limit: number; offset: number }): Promise<Notification[]>;
  /** Returns the unpushed notifications of a post, oldest first. */
  toPush(postId: number): Promise<PostNotification[]>;
  /** Returns the ids of posts with unpushed notifications, without deleted posts. */
  postsToPush(): Promise<number[]>;
  markPushed(postId: number): Promise<void>;
  markAllPushed(): Work<void>;
  /** Returns those after `id`, oldest first. */
  since(userId: number, id: number, limit: number): Promise<Notification[]>;
  /** Returns the highest id of this user's notifications, deleted ones included; 0 if there are none. */
  lastId(userId: number): Promise<number>;
  counts(userId: number): Promise<{ total: number; lastReadId: number }>;
  unreadCount(userId: number): Promise<number>;
  /** @param id a notification of this user; null for all */
  markRead(userId: number, id: number | null): Promise<void>;
  markTopicRead(userId: number, topicId: number): Promise<void>;
}

const from = (join: 'JOIN' | 'LEFT JOIN') => `FROM forum.notifications
  ${join} forum.posts ON posts.id = notifications.post_id
  ${join} forum.topics ON topics.id = posts.topic_id`;

const WITH_POST = from('JOIN');

const IS_VISIBLE = 'posts.deleted_at IS NULL AND topics.deleted_at IS NULL';

/** A notice has no post: the columns of the post are NULL. */
const VISIBLE = `${from('LEFT JOIN')} WHERE notifications.user_id = :userId AND ${IS_VISIBLE}`;

const COLUMNS = `SELECT notifications.*, posts.post_number, posts.user_id AS author_id, topics.id AS topic_id,
    topics.slug AS topic_slug, topics.title AS topic_title`;

const INSERT = 'INSERT INTO forum.notifications (user_id, post_id, type, created_at)';
const VALUES = 'CAST(:postId AS BIGINT), CAST(:type AS BIGINT), CAST(:createdAt AS BIGINT)';

const addForMentioned = statement(
  `${INSERT} SELECT id, ${VALUES} FROM forum.users WHERE lower(username) = lower(:name) AND id <> :authorId
   ON CONFLICT DO NOTHING`,
);
const addForAuthorOfPost = statement(
  `${INSERT} SELECT user_id, ${VALUES} FROM forum.posts
   WHERE topic_id = :topicId AND post_number = :replyTo AND deleted_at IS NULL AND user_id <> :authorId
   ON CONFLICT DO NOTHING`,
);
const addForAuthorOfTopic = statement(
  `${INSERT} SELECT user_id, ${VALUES} FROM forum.topics WHERE id = :topicId AND user_id <> :authorId
   ON CONFLICT DO NOTHING`,
);
const addNotice = statement(
  `INSERT INTO forum.notifications (user_id, notice, type, created_at, is_pushed)
   VALUES (:userId, :notice, :type, :createdAt, 1)`,
);
const page = statement(`${COLUMNS} ${VISIBLE} ORDER BY notifications.id DESC LIMIT :limit OFFSET :offset`);
const after = statement(
  `${COLUMNS} ${VISIBLE} AND notifications.id > :id ORDER BY notifications.id LIMIT :limit`,
);
const toPush = statement(
  `${COLUMNS} ${WITH_POST} WHERE post_id = :postId AND is_pushed = 0 ORDER BY notifications.id`,
);
const postsToPush = statement(
  `SELECT DISTINCT post_id ${WITH_POST} WHERE is_pushed = 0 AND ${IS_VISIBLE} ORDER BY post_id`,
);
const markPushed = statement(
  'UPDATE forum.notifications SET is_pushed = 1 WHERE post_id = :postId AND is_pushed = 0',
);
const markAllPushed = statement('UPDATE forum.notifications SET is_pushed = 1');
const last = statement('SELECT coalesce(max(id), 0) AS id FROM forum.notifications WHERE user_id = :userId');
const count = statement(
  `SELECT count(*) AS total,
     coalesce(max(CASE WHEN is_read = 1 THEN notifications.id END), 0) AS last_read_id ${VISIBLE}`,
);
const countUnread = statement(`SELECT count(*) AS count ${VISIBLE} AND is_read = 0`);
const markRead = statement('UPDATE forum.notifications SET is_read = 1 WHERE user_id = :userId AND id = :id');
const markAllRead = statement('UPDATE forum.notifications SET is_read = 1 WHERE user_id = :userId');
const markTopicRead = statement(
  `UPDATE forum.notifications SET is_read = 1
   WHERE user_id = :userId AND is_read = 0 AND post_id IN (SELECT id FROM forum.posts WHERE topic_id = :topicId)`,
);

/** Creates the store of notifications. */
export function createNotifications(database: Database): Notifications {
  const list = async (query: Query) => (await database.run(query)).map(notificationFromRow);
  const first = async (query: Query) => (await database.run(query))[0] ?? {};
  return {
    *addForPost({ id, topicId, userId, createdAt, replyToPostNumber, raw }) {
      const values = { postId: id, authorId: userId, createdAt };
      for (const name of findMentions(raw))
        yield addForMentioned({ ...values, name, type: NOTIFICATION_TYPE.mentioned });
      const inTopic = { ...values, topicId };
      if (replyToPostNumber !== null)
        yield addForAuthorOfPost({ ...inTopic, replyTo: replyToPostNumber, type: NOTIFICATION_TYPE.replied });
      yield addForAuthorOfTopic({ ...inTopic, type: NOTIFICATION_TYPE.posted });
    },
    async addNotice(notice) {
      const { userId, at } = notice;
      const values = { type: NOTIFICATION_TYPE.custom, notice: JSON.stringify(notice), createdAt: at };
      await database.run(addNotice({ ...values, userId: Number(userId) }));
    },
    list: (userId, { limit, offset }) => list(page({ userId, limit, offset })),
    toPush: async (postId) => (await database.run(toPush({ postId }))).map(postNotificationFromRow),
    postsToPush: async () => (await database.run(postsToPush())).map(({ post_id }) => Number(post_id)),
    async markPushed(postId) {
      await database.run(markPushed({ postId }));
    },
    *markAllPushed() {
      yield markAllPushed();
    },
    since: (userId, id, limit) => list(after({ userId, id, limit })),
    lastId: async (userId) => Number((await first(last({ userId }))).id),
    async counts(userId) {
      const row = await first(count({ userId }));
      return { total: Number(row.total), lastReadId: Number(row.last_read_id) };
    },
    unreadCount: async (userId) => Number((await first(countUnread({ userId }))).count),
    async markRead(userId, id) {
      await database.run(id === null ? markAllRead({ userId }) : markRead({ userId, id }));
    },
    async markTopicRead(userId, topicId) {
      await database.run(markTopicRead({ userId, topicId }));
    },
  };
}

function notificationFromRow(row: Row): Notification {
  if (row.notice === null) return postNotificationFromRow(row);
  return { ...basicsFromRow(row), notice: JSON.parse(String(row.notice)) as Notice };
}

const basicsFromRow = (row: Row): NotificationBasics => ({
  id: Number(row.id),
  userId: Number(row.user_id),
  type: Number(row.type),
  isRead: row.is_read === 1,
  createdAt: Number(row.created_at),
});

const postNotificationFromRow = (row: Row): PostNotification => ({
  ...basicsFromRow(row),
  notice: null,
  postId: Number(row.post_id),
  postNumber: Number(row.post_number),
  authorId: Number(row.author_id),
  topicId: Number(row.topic_id),
  topicSlug: String(row.topic_slug),
  topicTitle: String(row.topic_title),
});
