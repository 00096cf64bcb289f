import type { DatabaseSync } from 'node:sqlite';

/** A post or topic that is bookmarked. */
export interface BookmarkTarget {
  readonly type: 'Post' | 'Topic';
  readonly id: number;
}

/** A user's bookmark, with an optional reminder. */
export interface Bookmark {
  readonly id: number;
  readonly target: BookmarkTarget;
  /** Null without a name. */
  readonly name: string | null;
  /** Milliseconds since 1970; null without a reminder. */
  readonly reminderAt: number | null;
  readonly createdAt: number;
  /** The bookmarked post, or the first post of the bookmarked topic. */
  readonly postId: number;
  readonly topicId: number;
}

export type NewBookmark = Omit<Bookmark, 'id' | 'postId' | 'topicId'> & { readonly userId: number };

export interface Bookmarks {
  /** Returns the new id; null if this user already has a bookmark of the target. */
  create(bookmark: NewBookmark): number | null;
  /** Returns the target of the removed bookmark; null if this user has no such bookmark. */
  remove(userId: number, id: number): BookmarkTarget | null;
  /** Returns the newest first, without those of deleted posts and topics. */
  list(userId: number, page: { limit: number; offset: number }): Bookmark[];
  /** Returns the bookmarks with a reminder, earliest reminder first. */
  reminders(userId: number): Bookmark[];
  count(userId: number): number;
  hasInTopic(userId: number, topicId: number): boolean;
}

const VISIBLE = `SELECT bookmarks.*, posts.id AS post_id, topics.id AS topic_id
  FROM bookmarks
  JOIN posts ON (target_type = 'Post' AND posts.id = target_id)
    OR (target_type = 'Topic' AND posts.topic_id = target_id AND posts.post_number = 1)
  JOIN topics ON topics.id = posts.topic_id
  WHERE bookmarks.user_id = :user AND posts.deleted_at IS NULL AND topics.deleted_at IS NULL`;

/** Creates the store of bookmarks. */
export function createBookmarks(database: DatabaseSync): Bookmarks {
  const sql = (text: string) => database.prepare(text);
  const insert = sql(
    `INSERT OR IGNORE INTO bookmarks (user_id, target_type, target_id, name, reminder_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const remove = sql('DELETE FROM bookmarks WHERE user_id = ? AND id = ? RETURNING *');
  const page = sql(`${VISIBLE} ORDER BY bookmarks.id DESC LIMIT :limit OFFSET :offset`);
  const withReminder = sql(
    `${VISIBLE} AND reminder_at IS NOT NULL ORDER BY bookmarks.reminder_at, bookmarks.id`,
  );
  const countAll = sql('SELECT count(*) AS count FROM bookmarks WHERE user_id = ?');
  const inTopic = sql(`${VISIBLE} AND topics.id = :topic LIMIT 1`);

  return {
    create({ userId, target, name, reminderAt, createdAt }) {
      const row = insert.get(userId, target.type, target.id, name, reminderAt, createdAt);
      return row ? Number(row.id) : null;
    },
    remove(userId, id) {
      const row = remove.get(userId, id);
      return row ? targetFromRow(row) : null;
    },
    list: (user, { limit, offset }) => page.all({ user, limit, offset }).map(bookmarkFromRow),
    reminders: (user) => withReminder.all({ user }).map(bookmarkFromRow),
    count: (userId) => Number(countAll.get(userId)?.count),
    hasInTopic: (user, topic) => inTopic.get({ user, topic }) !== undefined,
  };
}

const targetFromRow = (row: Record<string, unknown>): BookmarkTarget => ({
  type: row.target_type === 'Topic' ? 'Topic' : 'Post',
  id: Number(row.target_id),
});

const bookmarkFromRow = (row: Record<string, unknown>): Bookmark => ({
  id: Number(row.id),
  target: targetFromRow(row),
  name: row.name === null ? null : String(row.name),
  reminderAt: row.reminder_at === null ? null : Number(row.reminder_at),
  createdAt: Number(row.created_at),
  postId: Number(row.post_id),
  topicId: Number(row.topic_id),
});
