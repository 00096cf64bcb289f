import { type Database, statement } from '@valetkey/sql-store/database';
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
  latest(before: number | null, limit: number): Promise<Post[]>;
  ofUser(filter: PostFilter, page: { limit: number; offset: number }): Promise<Post[]>;
  countOfUser(userId: number): Promise<{ topics: number; replies: number }>;
}

const VISIBLE = `FROM forum.posts JOIN forum.topics ON topics.id = posts.topic_id
  WHERE posts.deleted_at IS NULL AND topics.deleted_at IS NULL`;

const latest = statement(
  `SELECT posts.* ${VISIBLE} AND posts.id < :before ORDER BY posts.id DESC LIMIT :limit`,
);
const ofUser = statement(
  `SELECT posts.* ${VISIBLE} AND posts.user_id = :userId
     AND ((CAST(:topics AS BIGINT) = 1 AND post_number = 1) OR (CAST(:replies AS BIGINT) = 1 AND post_number > 1))
   ORDER BY posts.id DESC LIMIT :limit OFFSET :offset`,
);
const count = statement(
  `SELECT count(*) AS posts, count(CASE WHEN post_number = 1 THEN 1 END) AS topics ${VISIBLE} AND posts.user_id = :userId`,
);

/** Creates the lists. */
export const createPostLists = (database: Database): PostLists => ({
  latest: async (before, limit) =>
    (await database.run(latest({ before: before ?? Number.MAX_SAFE_INTEGER, limit }))).map(postFromRow),
  async ofUser({ userId, topics, replies }, { limit, offset }) {
    const filter = { userId, topics: Number(topics), replies: Number(replies) };
    return (await database.run(ofUser({ ...filter, limit, offset }))).map(postFromRow);
  },
  async countOfUser(userId) {
    const [row = {}] = await database.run(count({ userId }));
    return { topics: Number(row.topics), replies: Number(row.posts) - Number(row.topics) };
  },
});
