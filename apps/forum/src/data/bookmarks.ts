import { type Database, lockFor, type Row, statement } from '@valetkey/sql-store/database';
import { isId } from './is-id.ts';

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
  /** Returns the new id; null if this user already has a bookmark of the target; `too many` if they have `max`. */
  create(bookmark: NewBookmark, max: number): Promise<number | null | 'too many'>;
  /** Returns the target of the removed bookmark; null if this user has no such bookmark. */
  remove(userId: number, id: number): Promise<BookmarkTarget | null>;
  /** Returns the newest first, without those of deleted posts and topics. */
  list(userId: number, page: { limit: number; offset: number }): Promise<Bookmark[]>;
  /** Returns the bookmarks with a reminder, earliest reminder first. */
  reminders(userId: number): Promise<Bookmark[]>;
  hasInTopic(userId: number, topicId: number): Promise<boolean>;
}

const VISIBLE = `SELECT bookmarks.*, posts.id AS post_id, topics.id AS topic_id
  FROM forum.bookmarks
  JOIN forum.posts ON (target_type = 'Post' AND posts.id = target_id)
    OR (target_type = 'Topic' AND posts.topic_id = target_id AND posts.post_number = 1)
  JOIN forum.topics ON topics.id = posts.topic_id
  WHERE bookmarks.user_id = :userId AND posts.deleted_at IS NULL AND topics.deleted_at IS NULL`;

const insert = statement(
  `INSERT INTO forum.bookmarks (user_id, target_type, target_id, name, reminder_at, created_at)
   VALUES (:userId, :targetType, :targetId, :name, :reminderAt, :createdAt) ON CONFLICT DO NOTHING RETURNING id`,
);
const remove = statement('DELETE FROM forum.bookmarks WHERE user_id = :userId AND id = :id RETURNING *');
const page = statement(`${VISIBLE} ORDER BY bookmarks.id DESC LIMIT :limit OFFSET :offset`);
const withReminder = statement(
  `${VISIBLE} AND reminder_at IS NOT NULL ORDER BY bookmarks.reminder_at, bookmarks.id`,
);
const countAll = statement('SELECT count(*) AS count FROM forum.bookmarks WHERE user_id = :userId');
const inTopic = statement(`${VISIBLE} AND topics.id = :topicId LIMIT 1`);

/** Creates the store of bookmarks. */
export const createBookmarks = (database: Database): Bookmarks => ({
  create: ({ target, ...bookmark }, max) =>
    database.transaction(function* () {
      const { userId } = bookmark;
      yield lockFor('user', String(userId));
      const [counted] = yield countAll({ userId });
      if (Number(counted?.count) >= max) return 'too many';
      const [row] = yield insert({ ...bookmark, targetType: target.type, targetId: target.id });
      return row ? Number(row.id) : null;
    }),
  async remove(userId, id) {
    const [row] = isId(id) ? await database.run(remove({ userId, id })) : [];
    return row ? targetFromRow(row) : null;
  },
  list: async (userId, { limit, offset }) =>
    (await database.run(page({ userId, limit, offset }))).map(bookmarkFromRow),
  reminders: async (userId) => (await database.run(withReminder({ userId }))).map(bookmarkFromRow),
  hasInTopic: async (userId, topicId) => (await database.run(inTopic({ userId, topicId }))).length > 0,
});

const targetFromRow = (row: Row): BookmarkTarget => ({
  type: row.target_type === 'Topic' ? 'Topic' : 'Post',
  id: Number(row.target_id),
});

const bookmarkFromRow = (row: Row): Bookmark => ({
  id: Number(row.id),
  target: targetFromRow(row),
  name: row.name === null ? null : String(row.name),
  reminderAt: row.reminder_at === null ? null : Number(row.reminder_at),
  createdAt: Number(row.created_at),
  postId: Number(row.post_id),
  topicId: Number(row.topic_id),
});
