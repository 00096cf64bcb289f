import type { Bookmark } from '../data/bookmarks.ts';
import type { Post, Topic } from '../data/topic-rows.ts';
import type { Forum } from '../forum-parts.ts';
import { escapeHtml } from './cook.ts';
import { authorOf } from './topic-shape.ts';
import { basicUser, isoTime } from './user-shape.ts';

const EXCERPT_MAX = 300;

/** A bookmark with its post and topic. */
export interface Bookmarked {
  readonly bookmark: Bookmark;
  readonly post: Post;
  readonly topic: Topic;
}

/** Returns the URL of the bookmarked post or topic. */
export const bookmarkUrl = (forum: Forum, { bookmark, post, topic }: Bookmarked): string =>
  `${forum.baseUrl}/t/${topic.slug}/${topic.id}${bookmark.target.type === 'Post' ? `#post-${post.postNumber}` : ''}`;

/** A bookmark in `/u/:username/bookmarks.json`. */
export function bookmarkShape(forum: Forum, bookmarked: Bookmarked, lastReadPostNumber: number | null) {
  const { bookmark, post, topic } = bookmarked;
  return {
    id: bookmark.id,
    created_at: isoTime(bookmark.createdAt),
    updated_at: isoTime(bookmark.createdAt),
    name: bookmark.name,
    reminder_at: bookmark.reminderAt === null ? null : isoTime(bookmark.reminderAt),
    pinned: false,
    title: topic.title,
    fancy_title: escapeHtml(topic.title),
    excerpt: escapeHtml(post.raw.slice(0, EXCERPT_MAX)),
    bookmarkable_id: bookmark.target.id,
    bookmarkable_type: bookmark.target.type,
    bookmarkable_url: bookmarkUrl(forum, bookmarked),
    topic_id: topic.id,
    linked_post_number: post.postNumber,
    deleted: false,
    hidden: false,
    category_id: topic.categoryId,
    closed: false,
    archived: false,
    archetype: 'regular',
    highest_post_number: topic.highestPostNumber,
    last_read_post_number: lastReadPostNumber,
    bumped_at: isoTime(topic.bumpedAt),
    slug: topic.slug,
    tags: [],
    user: basicUser(authorOf(forum, post.userId)),
  };
}
