import type { Row } from '@valetkey/sql-store/database';

export interface Category {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string;
  readonly topicCount: number;
}

export interface Topic {
  readonly id: number;
  readonly title: string;
  readonly slug: string;
  readonly categoryId: number;
  readonly userId: number;
  readonly createdAt: number;
  readonly bumpedAt: number;
  readonly postsCount: number;
  readonly highestPostNumber: number;
  readonly lastPosterId: number;
}

/** A topic that is new or unread for a user. */
export interface TrackedTopic {
  readonly id: number;
  readonly categoryId: number;
  readonly createdAt: number;
  readonly highestPostNumber: number;
  /** Null for a topic that the user never opened. */
  readonly lastReadPostNumber: number | null;
  /** Whether the user created it. */
  readonly isOwn: boolean;
}

export interface Post {
  readonly id: number;
  readonly topicId: number;
  readonly postNumber: number;
  readonly userId: number;
  readonly raw: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The post of this topic that is replied to; null for a reply to the topic. */
  readonly replyToPostNumber: number | null;
}

export function categoryFromRow(row: Row): Category {
  return {
    id: Number(row.id),
    name: String(row.name),
    slug: String(row.slug),
    color: String(row.color),
    description: String(row.description),
    topicCount: Number(row.topic_count),
  };
}

export function topicFromRow(row: Row): Topic {
  return {
    id: Number(row.id),
    title: String(row.title),
    slug: String(row.slug),
    categoryId: Number(row.category_id),
    userId: Number(row.user_id),
    createdAt: Number(row.created_at),
    bumpedAt: Number(row.bumped_at),
    postsCount: Number(row.posts_count),
    highestPostNumber: Number(row.highest_post_number),
    lastPosterId: Number(row.last_poster_id),
  };
}

export function trackedTopicFromRow(row: Row): TrackedTopic {
  return {
    id: Number(row.id),
    categoryId: Number(row.category_id),
    createdAt: Number(row.created_at),
    highestPostNumber: Number(row.highest_post_number),
    lastReadPostNumber: row.last_read_post_number === null ? null : Number(row.last_read_post_number),
    isOwn: row.is_own === 1,
  };
}

export function postFromRow(row: Row): Post {
  return {
    id: Number(row.id),
    topicId: Number(row.topic_id),
    postNumber: Number(row.post_number),
    userId: Number(row.user_id),
    raw: String(row.raw),
    version: Number(row.version),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    replyToPostNumber: row.reply_to_post_number === null ? null : Number(row.reply_to_post_number),
  };
}

/** Joins the letters and digits of a title with dashes; returns `topic` if there are none. */
export function slugify(title: string): string {
  const words =
    title
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '') || 'topic';
}
