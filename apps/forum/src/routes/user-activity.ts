import type { Post } from '../data/topic-rows.ts';
import { invalidParameter, notFound } from '../http/forum-error.ts';
import { readClamped } from '../http/read-query.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { latestPostShape, withTopics } from '../shapes/post-topic.ts';
import { NEW_TOPIC, REPLY, userActionShape, userSummaryShape } from '../shapes/user-activity-shape.ts';
import { basicUser } from '../shapes/user-shape.ts';
import { findUser } from './user-of-path.ts';

const ACTIONS_MAX = 100;
const SUMMARY_MAX = 6;
const DIRECTORY_PAGE = 50;

async function listUserActions({ forum, query }: RouteContext) {
  const username = query.get('username');
  if (!username) throw invalidParameter('The parameter username is missing.');
  const user = forum.users.findByUsername(username);
  if (!user) throw notFound();
  const types = (query.get('filter') ?? '').split(',').filter(Boolean).map(Number);
  const has = (type: number): boolean => types.length === 0 || types.includes(type);
  const page = {
    limit: readClamped(query, 'limit', { min: 1, max: ACTIONS_MAX, defaultValue: 30 }),
    offset: readClamped(query, 'offset', { min: 0, max: 999_999, defaultValue: 0 }),
  };
  const filter = { userId: user.id, topics: has(NEW_TOPIC), replies: has(REPLY) };
  const posts = await withTopics(forum, await forum.postLists.ofUser(filter, page));
  return { user_actions: posts.map(({ post, topic }) => userActionShape(forum, user, post, topic)) };
}

async function summary(context: RouteContext) {
  const { forum } = context;
  const user = findUser(context);
  const newest = async (kind: 'topics' | 'replies') => {
    const filter = { userId: user.id, topics: kind === 'topics', replies: kind === 'replies' };
    return withTopics(forum, await forum.postLists.ofUser(filter, { limit: SUMMARY_MAX, offset: 0 }));
  };
  const counts = await forum.postLists.countOfUser(user.id);
  return userSummaryShape(counts, await newest('topics'), await newest('replies'));
}

async function directory({ forum, query }: RouteContext) {
  const users = forum.users.list();
  const page = readClamped(query, 'page', { min: 0, max: 9_999, defaultValue: 0 });
  const shown = users.slice(page * DIRECTORY_PAGE, (page + 1) * DIRECTORY_PAGE);
  return {
    directory_items: await Promise.all(
      shown.map(async (user) => {
        const { topics, replies } = await forum.postLists.countOfUser(user.id);
        const none = { likes_received: 0, likes_given: 0, topics_entered: 0, posts_read: 0, days_visited: 0 };
        return { id: user.id, ...none, topic_count: topics, post_count: replies, user: basicUser(user) };
      }),
    ),
    meta: {
      last_updated_at: null,
      total_rows_directory_items: users.length,
      ...(users.length > (page + 1) * DIRECTORY_PAGE && {
        load_more_directory_items: `/directory_items.json?page=${page + 1}`,
      }),
    },
  };
}

/** Discourse's page of the latest posts. */
const LATEST_POSTS = 50;

async function latestPosts({ forum, query, user }: RouteContext) {
  const before = query.has('before')
    ? readClamped(query, 'before', { min: 0, max: 999_999_999, defaultValue: 0 })
    : null;
  const posts: Post[] = await forum.postLists.latest(before, LATEST_POSTS);
  const found = await withTopics(forum, posts);
  return { latest_posts: found.map((each) => latestPostShape(forum, each, user)) };
}

export const userActivityRoutes: readonly Route[] = [
  { name: 'user_actions#index', method: 'GET', path: '/user_actions', who: 'public', json: listUserActions },
  { name: 'users#summary', method: 'GET', path: '/u/:username/summary', who: 'public', json: summary },
  { name: 'directory_items#index', method: 'GET', path: '/directory_items', who: 'public', json: directory },
  { name: 'posts#latest', method: 'GET', path: '/posts', who: 'public', json: latestPosts },
];
