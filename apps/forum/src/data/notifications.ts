import type { DatabaseSync } from 'node:sqlite';
import { findMentions } from './find-mentions.ts';
import type { Post } from './topic-rows.ts';

/** Discourse's notification types. */
export const NOTIFICATION_TYPE = { mentioned: 1, replied: 2, posted: 9 } as const;

/** A notification about a post. */
export interface Notification {
  readonly id: number;
  readonly userId: number;
  readonly type: number;
  readonly isRead: boolean;
  readonly createdAt: number;
  readonly postId: number;
  readonly postNumber: number;
  /** The author of the post. */
  readonly authorId: number;
  readonly topicId: number;
  readonly topicSlug: string;
  readonly topicTitle: string;
}

export interface Notifications {
  /**
   * Notifies each mentioned user, the author of the post that is replied to, and the author of the topic: each once, by
   * the first reason that applies, and never the post's own author.
   */
  addForPost(post: Post): void;
  /** Returns the newest first, without those of deleted posts. */
  list(userId: number, page: { limit: number; offset: number }): Notification[];
  /** Returns the unpushed notifications of a post, oldest first. */
  toPush(postId: number): Notification[];
  /** Returns the ids of posts with unpushed notifications, without deleted posts. */
  postsToPush(): number[];
  markPushed(postId: number): void;
  /** Returns those after `id`, oldest first. */
  since(userId: number, id: number, limit: number): Notification[];
  /** Returns the highest id of this user's notifications, deleted ones included; 0 if there are none. */
  lastId(userId: number): number;
  counts(userId: number): { total: number; lastReadId: number };
  unreadCount(userId: number): number;
  /** @param id a notification of this user; null for all */
  markRead(userId: number, id: number | null): void;
  markTopicRead(userId: number, topicId: number): void;
}

const WITH_POST = `FROM notifications
  JOIN posts ON posts.id = notifications.post_id
  JOIN topics ON topics.id = posts.topic_id`;

const IS_VISIBLE = 'posts.deleted_at IS NULL AND topics.deleted_at IS NULL';

const VISIBLE = `${WITH_POST} WHERE notifications.user_id = :user AND ${IS_VISIBLE}`;

const COLUMNS = `SELECT notifications.*, posts.post_number, posts.user_id AS author_id, topics.id AS topic_id,
    topics.slug AS topic_slug, topics.title AS topic_title`;

/** Creates the store of notifications. */
export function createNotifications(database: DatabaseSync): Notifications {
  const sql = (text: string) => database.prepare(text);
  const addForMentioned = sql(
    `INSERT OR IGNORE INTO notifications (user_id, post_id, type, created_at)
     SELECT id, :post, :type, :at FROM users WHERE username = :name AND id <> :author`,
  );
  const addForAuthorOfPost = sql(
    `INSERT OR IGNORE INTO notifications (user_id, post_id, type, created_at)
     SELECT user_id, :post, :type, :at FROM posts
     WHERE topic_id = :topic AND post_number = :replyTo AND deleted_at IS NULL AND user_id <> :author`,
  );
  const addForAuthorOfTopic = sql(
    `INSERT OR IGNORE INTO notifications (user_id, post_id, type, created_at)
     SELECT user_id, :post, :type, :at FROM topics WHERE id = :topic AND user_id <> :author`,
  );
  const page = sql(`${COLUMNS} ${VISIBLE} ORDER BY notifications.id DESC LIMIT :limit OFFSET :offset`);
  const after = sql(
    `${COLUMNS} ${VISIBLE} AND notifications.id > :id ORDER BY notifications.id LIMIT :limit`,
  );
  const toPush = sql(`${COLUMNS} ${WITH_POST} WHERE post_id = ? AND is_pushed = 0 ORDER BY notifications.id`);
  const postsToPush = sql(
    `SELECT DISTINCT post_id ${WITH_POST} WHERE is_pushed = 0 AND ${IS_VISIBLE} ORDER BY post_id`,
  );
  const markPushed = sql('UPDATE notifications SET is_pushed = 1 WHERE post_id = ? AND is_pushed = 0');
  const last = sql('SELECT coalesce(max(id), 0) AS id FROM notifications WHERE user_id = ?');
  const count = sql(
    `SELECT count(*) AS total,
       coalesce(max(CASE WHEN is_read = 1 THEN notifications.id END), 0) AS last_read_id ${VISIBLE}`,
  );
  const countUnread = sql(`SELECT count(*) AS count ${VISIBLE} AND is_read = 0`);
  const markRead = sql(
    'UPDATE notifications SET is_read = 1 WHERE user_id = :user AND (:id IS NULL OR id = :id)',
  );
  const markTopicRead = sql(
    `UPDATE notifications SET is_read = 1
     WHERE user_id = ? AND is_read = 0 AND post_id IN (SELECT id FROM posts WHERE topic_id = ?)`,
  );

  return {
    addForPost({ id, topicId, userId, createdAt, replyToPostNumber, raw }) {
      const values = { post: id, author: userId, at: createdAt };
      for (const name of findMentions(raw))
        addForMentioned.run({ ...values, name, type: NOTIFICATION_TYPE.mentioned });
      const inTopic = { ...values, topic: topicId };
      addForAuthorOfPost.run({ ...inTopic, replyTo: replyToPostNumber, type: NOTIFICATION_TYPE.replied });
      addForAuthorOfTopic.run({ ...inTopic, type: NOTIFICATION_TYPE.posted });
    },
    list: (user, { limit, offset }) => page.all({ user, limit, offset }).map(notificationFromRow),
    toPush: (postId) => toPush.all(postId).map(notificationFromRow),
    postsToPush: () => postsToPush.all().map(({ post_id }) => Number(post_id)),
    markPushed: (postId) => void markPushed.run(postId),
    since: (user, id, limit) => after.all({ user, id, limit }).map(notificationFromRow),
    lastId: (userId) => Number(last.get(userId)?.id),
    counts(user) {
      const row = count.get({ user }) ?? {};
      return {
        total: Number(row.total),
        lastReadId: Number(row.last_read_id),
      };
    },
    unreadCount: (user) => Number(countUnread.get({ user })?.count),
    markRead: (user, id) => void markRead.run({ user, id }),
    markTopicRead: (userId, topicId) => void markTopicRead.run(userId, topicId),
  };
}

function notificationFromRow(row: Record<string, unknown>): Notification {
  return {
    id: Number(row.id),
    userId: Number(row.user_id),
    type: Number(row.type),
    isRead: row.is_read === 1,
    createdAt: Number(row.created_at),
    postId: Number(row.post_id),
    postNumber: Number(row.post_number),
    authorId: Number(row.author_id),
    topicId: Number(row.topic_id),
    topicSlug: String(row.topic_slug),
    topicTitle: String(row.topic_title),
  };
}
