import type { DatabaseSync } from 'node:sqlite';

/** What can be bookmarked. */
export interface BookmarkTarget {
  readonly type: 'Post' | 'Topic';
  readonly id: number;
}

/** What somebody wants to find again, and when they want to be reminded of it. */
export interface Bookmark {
  readonly id: number;
  readonly target: BookmarkTarget;
  /** Null where they gave none. */
  readonly name: string | null;
  /** Milliseconds since 1970; null without a reminder. */
  readonly reminderAt: number | null;
  readonly createdAt: number;
  /** The post, or the first one of the topic. */
  readonly postId: number;
  readonly topicId: number;
}

export type NewBookmark = Omit<Bookmark, 'id' | 'postId' | 'topicId'> & { readonly userId: number };

export interface Bookmarks {
  /** Its id; null if this person has bookmarked the same thing already. */
  create(bookmark: NewBookmark): number | null;
  /** What it was about; null if this person has no such bookmark. */
  remove(userId: number, id: number): BookmarkTarget | null;
  /** The newest first; those of deleted posts and topics are left out. */
  list(userId: number, page: { limit: number; offset: number }): Bookmark[];
  /** Those with a reminder, in the order of their times. */
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

/** Everybody's bookmarks; each is its person's alone. */
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
