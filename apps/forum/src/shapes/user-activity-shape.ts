import type { Post, Topic } from '../data/topic-rows.ts';
import { avatarTemplate, type User } from '../data/users.ts';
import type { Forum } from '../forum-parts.ts';
import type { PostInTopic } from './post-topic.ts';
import { authorOf } from './topic-shape.ts';
import { isoTime } from './user-shape.ts';

/** Discourse's types of user actions. */
export const NEW_TOPIC = 4;
export const REPLY = 5;

const EXCERPT_MAX = 300;

/** A row of `/user_actions.json`. */
export function userActionShape(forum: Forum, user: User, post: Post, topic: Topic) {
  const starter = authorOf(forum, topic.userId);
  return {
    excerpt: post.raw.slice(0, EXCERPT_MAX),
    action_type: post.postNumber === 1 ? NEW_TOPIC : REPLY,
    created_at: isoTime(post.createdAt),
    avatar_template: avatarTemplate(starter),
    acting_avatar_template: avatarTemplate(user),
    slug: topic.slug,
    topic_id: topic.id,
    target_user_id: user.id,
    target_name: user.name,
    target_username: user.username,
    post_number: post.postNumber,
    post_id: post.id,
    reply_to_post_number: post.replyToPostNumber,
    username: starter.username,
    name: starter.name,
    user_id: starter.id,
    acting_username: user.username,
    acting_name: user.name,
    acting_user_id: user.id,
    title: topic.title,
    deleted: false,
    hidden: null,
    post_type: 1,
    action_code: null,
    category_id: topic.categoryId,
    closed: false,
    archived: false,
  };
}

/** `/u/:username/summary.json` */
export const userSummaryShape = (
  counts: { topics: number; replies: number },
  topics: readonly PostInTopic[],
  replies: readonly PostInTopic[],
) => ({
  user_summary: {
    likes_given: 0,
    likes_received: 0,
    topics_entered: 0,
    posts_read_count: 0,
    days_visited: 0,
    topic_count: counts.topics,
    post_count: counts.replies,
    time_read: 0,
    recent_time_read: 0,
    bookmark_count: 0,
    can_see_summary_stats: true,
    can_see_user_actions: true,
    topic_ids: topics.map(({ topic }) => topic.id),
    replies: replies.map(({ post }) => ({
      post_number: post.postNumber,
      like_count: 0,
      created_at: isoTime(post.createdAt),
      topic_id: post.topicId,
    })),
    links: [],
    most_liked_by_users: [],
    most_liked_users: [],
    most_replied_to_users: [],
    badges: [],
    top_categories: [],
  },
  topics: [...new Map([...topics, ...replies].map(({ topic }) => [topic.id, topic])).values()].map(
    ({ id, title, slug, categoryId, createdAt, postsCount }) => ({
      id,
      title,
      slug,
      category_id: categoryId,
      created_at: isoTime(createdAt),
      posts_count: postsCount,
      like_count: 0,
    }),
  ),
  badges: [],
  users: [],
});
