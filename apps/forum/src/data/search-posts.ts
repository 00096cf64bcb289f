import { type Database, statement } from '@valetkey/sql-store/database';
import { type Post, postFromRow } from './topic-rows.ts';

/** Bounds the time of one search to some milliseconds. Everybody can search. */
const MAX_CHARACTERS = 4_000_000;
const POSTS_AT_ONCE = 50;

const newestFirst = statement(
  `SELECT posts.*, topics.title FROM forum.posts JOIN forum.topics ON topics.id = posts.topic_id
   WHERE posts.id < :before AND posts.deleted_at IS NULL AND topics.deleted_at IS NULL
   ORDER BY posts.id DESC LIMIT :limit`,
);

/**
 * Creates a search of posts and of titles, newest first, without regard to case. It ends after the newest 4 million
 * characters. `LIKE` is not used: its time is the product of both lengths.
 */
export const createPostSearch =
  (database: Database) =>
  async (text: string, limit: number): Promise<Post[]> => {
    const wanted = text.toLowerCase();
    const found: Post[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    let characters = 0;
    while (characters <= MAX_CHARACTERS) {
      const rows = await database.run(newestFirst({ before, limit: POSTS_AT_ONCE }));
      for (const row of rows) {
        const post = postFromRow(row);
        const title = post.postNumber === 1 ? String(row.title) : '';
        if ([post.raw, title].some((each) => each.toLowerCase().includes(wanted))) found.push(post);
        characters += post.raw.length + title.length;
        before = post.id;
        if (found.length === limit) return found;
      }
      if (rows.length < POSTS_AT_ONCE) break;
    }
    return found;
  };
