import type { Category, Post, Topic, TrackedTopic } from '../data/topic-rows.ts';
import { isStaff, type User } from '../data/users.ts';
import type { Forum } from '../forum-parts.ts';
import { cook, escapeHtml } from './cook.ts';
import { basicUser, isoTime } from './user-shape.ts';

export const mayChange = (user: User | null, post: Post): boolean =>
  user !== null && (user.id === post.userId || isStaff(user));

/** Returns the author of a post or topic. Accounts are never deleted, so there always is one. */
export function authorOf(forum: Forum, userId: number): User {
  const user = forum.users.find(userId);
  if (!user) throw new Error(`The user ${userId} is missing.`);
  return user;
}

/** A post in `/posts/:id.json` and in topics. */
export function postShape(forum: Forum, post: Post, topic: Topic, user: User | null) {
  const author = authorOf(forum, post.userId);
  return {
    ...basicUser(author),
    id: post.id,
    user_id: author.id,
    display_username: author.name,
    created_at: isoTime(post.createdAt),
    updated_at: isoTime(post.updatedAt),
    cooked: cook(post.raw),
    raw: post.raw,
    post_number: post.postNumber,
    post_type: 1,
    reply_count: 0,
    reply_to_post_number: post.replyToPostNumber,
    quote_count: 0,
    incoming_link_count: 0,
    reads: 1,
    readers_count: 0,
    score: 0,
    yours: user?.id === author.id,
    topic_id: topic.id,
    topic_slug: topic.slug,
    version: post.version,
    can_edit: mayChange(user, post),
    can_delete: mayChange(user, post),
    can_recover: false,
    staff: isStaff(author),
    hidden: false,
    deleted_at: null,
    user_deleted: false,
    actions_summary: [],
  };
}

/** A topic in a list. */
export function topicListItem(forum: Forum, topic: Topic) {
  const lastPoster = authorOf(forum, topic.lastPosterId);
  const poster = (userId: number, description: string, extras: string | null) => ({
    extras,
    description,
    user_id: userId,
    primary_group_id: null,
  });
  return {
    ...topicBasics(topic),
    image_url: null,
    bumped: true,
    bumped_at: isoTime(topic.bumpedAt),
    unseen: false,
    pinned: false,
    unpinned: null,
    bookmarked: null,
    liked: null,
    last_poster_username: lastPoster.username,
    pinned_globally: false,
    featured_link: null,
    posters:
      topic.userId === topic.lastPosterId
        ? [poster(topic.userId, 'Original Poster, Most Recent Poster', 'latest single')]
        : [
            poster(topic.userId, 'Original Poster', null),
            poster(topic.lastPosterId, 'Most Recent Poster', 'latest'),
          ],
  };
}

const topicBasics = (topic: Topic) => ({
  id: topic.id,
  title: topic.title,
  fancy_title: escapeHtml(topic.title),
  slug: topic.slug,
  posts_count: topic.postsCount,
  reply_count: topic.postsCount - 1,
  highest_post_number: topic.highestPostNumber,
  created_at: isoTime(topic.createdAt),
  last_posted_at: isoTime(topic.bumpedAt),
  archetype: 'regular',
  visible: true,
  closed: false,
  archived: false,
  views: 1,
  like_count: 0,
  has_summary: false,
  category_id: topic.categoryId,
  tags: [],
});

/** `/latest.json` and its siblings. */
export function topicList(forum: Forum, topics: readonly Topic[], moreUrl: string | null, perPage: number) {
  const ids = new Set(topics.flatMap((topic) => [topic.userId, topic.lastPosterId]));
  return {
    users: [...ids].map((id) => basicUser(authorOf(forum, id))),
    primary_groups: [],
    flair_groups: [],
    topic_list: {
      can_create_topic: true,
      ...(moreUrl && { more_topics_url: moreUrl }),
      per_page: perPage,
      topics: topics.map((topic) => topicListItem(forum, topic)),
    },
  };
}

/** `/t/:id.json` */
export function topicShape(forum: Forum, topic: Topic, posts: readonly Post[], user: User | null) {
  return {
    post_stream: {
      posts: posts.map((post) => postShape(forum, post, topic, user)),
      stream: posts.map((post) => post.id),
    },
    timeline_lookup: [],
    ...topicBasics(topic),
    user_id: topic.userId,
    draft: null,
    draft_key: `topic_${topic.id}`,
    draft_sequence: 0,
    details: {
      can_edit: user !== null && (user.id === topic.userId || isStaff(user)),
      created_by: basicUser(authorOf(forum, topic.userId)),
      last_poster: basicUser(authorOf(forum, topic.lastPosterId)),
    },
  };
}

/** Discourse's notification levels. */
const WATCHING = 3;
const TRACKING = 2;

/** A row of `/u/:username/topic-tracking-state.json`. A topic that was never opened has no level. */
export const trackedTopicShape = (topic: TrackedTopic) => ({
  topic_id: topic.id,
  highest_post_number: topic.highestPostNumber,
  last_read_post_number: topic.lastReadPostNumber,
  created_at: isoTime(topic.createdAt),
  category_id: topic.categoryId,
  notification_level: topic.lastReadPostNumber === null ? null : topic.isOwn ? WATCHING : TRACKING,
});

/** A category in `/categories.json`. */
export const categoryShape = (category: Category) => ({
  id: category.id,
  name: category.name,
  color: category.color,
  text_color: 'FFFFFF',
  slug: category.slug,
  topic_count: category.topicCount,
  post_count: category.topicCount,
  position: category.id,
  description: category.description,
  description_text: category.description,
  topic_url: null,
  read_restricted: false,
  permission: 1,
  has_children: false,
  subcategory_ids: [],
});
