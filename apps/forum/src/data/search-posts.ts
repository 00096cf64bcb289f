import type { DatabaseSync } from 'node:sqlite';
import { type Post, postFromRow } from './topic-rows.ts';

/** Bounds the time of one search to some milliseconds. Everybody can search, and all other requests wait meanwhile. */
const MAX_CHARACTERS = 4_000_000;

/**
 * Creates a search of posts and of titles, newest first, without regard to case. It ends after the newest 4 million
 * characters. `LIKE` is not used: its time is the product of both lengths.
 */
export function createPostSearch(database: DatabaseSync): (text: string, limit: number) => Post[] {
  const newestFirst = database.prepare(
    `SELECT posts.*, topics.title FROM posts JOIN topics ON topics.id = posts.topic_id
     WHERE posts.deleted_at IS NULL AND topics.deleted_at IS NULL ORDER BY posts.id DESC`,
  );
  return (text, limit) => {
    const wanted = text.toLowerCase();
    const found: Post[] = [];
    let characters = 0;
    for (const row of newestFirst.iterate()) {
      const post = postFromRow(row);
      const title = post.postNumber === 1 ? String(row.title) : '';
      if ([post.raw, title].some((each) => each.toLowerCase().includes(wanted))) found.push(post);
      characters += post.raw.length + title.length;
      if (found.length === limit || characters > MAX_CHARACTERS) break;
    }
    return found;
  };
}
