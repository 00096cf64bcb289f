import type { DatabaseSync } from 'node:sqlite';
import { type Post, postFromRow } from './topic-rows.ts';

/** Which posts of a user a list holds: first posts of topics, replies, or both. */
export interface PostFilter {
  readonly userId: number;
  readonly topics: boolean;
  readonly replies: boolean;
}

/** Lists of posts across topics, newest first, without those of deleted posts and topics. */
export interface PostLists {
  /** Returns those with an id below `before`; the newest if `before` is null. */
  latest(before: number | null, limit: number): Post[];
  ofUser(filter: PostFilter, page: { limit: number; offset: number }): Post[];
  countOfUser(userId: number): { topics: number; replies: number };
}

const VISIBLE = `FROM posts JOIN topics ON topics.id = posts.topic_id
  WHERE posts.deleted_at IS NULL AND topics.deleted_at IS NULL`;

/** Creates the lists. */
export function createPostLists(database: DatabaseSync): PostLists {
  const sql = (text: string) => database.prepare(text);
  const latest = sql(
    `SELECT posts.* ${VISIBLE} AND (:before IS NULL OR posts.id < :before) ORDER BY posts.id DESC LIMIT :limit`,
  );
  const ofUser = sql(
    `SELECT posts.* ${VISIBLE} AND posts.user_id = :user
       AND ((:topics = 1 AND post_number = 1) OR (:replies = 1 AND post_number > 1))
     ORDER BY posts.id DESC LIMIT :limit OFFSET :offset`,
  );
  const count = sql(
    `SELECT count(*) AS posts, coalesce(sum(post_number = 1), 0) AS topics ${VISIBLE} AND posts.user_id = ?`,
  );
  return {
    latest: (before, limit) => latest.all({ before, limit }).map(postFromRow),
    ofUser: ({ userId, topics, replies }, page) =>
      ofUser
        .all({ user: userId, topics: Number(topics), replies: Number(replies), ...page })
        .map(postFromRow),
    countOfUser(userId) {
      const row = count.get(userId) ?? {};
      return { topics: Number(row.topics), replies: Number(row.posts) - Number(row.topics) };
    },
  };
}
