import type { Post } from '../data/topic-rows.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { cook } from '../shapes/cook.ts';
import { postShape } from '../shapes/topic-shape.ts';
import { findPost } from './posts.ts';

const REPLIES_MAX = 20;

/** Returns the replies to a post and the replies to those, with their depth. A reply has a higher number than its post. */
function repliesTo(post: Post, posts: readonly Post[]): { post: Post; level: number }[] {
  const levels = new Map([[post.postNumber, 0]]);
  return posts.flatMap((reply) => {
    const level = levels.get(reply.replyToPostNumber ?? 0);
    if (level === undefined || reply.postNumber <= post.postNumber) return [];
    levels.set(reply.postNumber, level + 1);
    return [{ post: reply, level: level + 1 }];
  });
}

/** Returns the posts that this one replies to, the earliest first. */
function historyOf(post: Post, posts: readonly Post[]): Post[] {
  const history: Post[] = [];
  let next = post.replyToPostNumber;
  for (const earlier of posts.toReversed()) {
    if (earlier.postNumber !== next) continue;
    history.unshift(earlier);
    next = earlier.replyToPostNumber;
  }
  return history;
}

const shapes = async (context: RouteContext, posts: readonly Post[]) => {
  const { topic } = await findPost(context);
  return posts.map((post) => postShape(context.forum, post, topic, context.user));
};

async function withSiblings(context: RouteContext) {
  const { post, topic } = await findPost(context);
  return { post, posts: await context.forum.topics.posts(topic.id) };
}

export const postReplyRoutes: readonly Route[] = [
  {
    name: 'posts#replies',
    method: 'GET',
    path: '/posts/:id{[0-9]+}/replies',
    who: 'public',
    async json(context) {
      const { post, posts } = await withSiblings(context);
      const after = Number(context.query.get('after') ?? 0) || 0;
      const direct = repliesTo(post, posts).filter(
        ({ level, post: { postNumber } }) => level === 1 && postNumber > after,
      );
      return shapes(
        context,
        direct.slice(0, REPLIES_MAX).map((reply) => reply.post),
      );
    },
  },
  {
    name: 'posts#reply_ids',
    method: 'GET',
    path: '/posts/:id{[0-9]+}/reply-ids',
    who: 'public',
    async json(context) {
      const { post, posts } = await withSiblings(context);
      return repliesTo(post, posts).map((reply) => ({ id: reply.post.id, level: reply.level }));
    },
  },
  {
    name: 'posts#reply_history',
    method: 'GET',
    path: '/posts/:id{[0-9]+}/reply-history',
    who: 'public',
    async json(context) {
      const { post, posts } = await withSiblings(context);
      return shapes(context, historyOf(post, posts).slice(-REPLIES_MAX));
    },
  },
  {
    name: 'posts#cooked',
    method: 'GET',
    path: '/posts/:id{[0-9]+}/cooked',
    who: 'public',
    json: async (context) => ({ cooked: cook((await findPost(context)).post.raw) }),
  },
  {
    name: 'posts#markdown_id',
    method: 'GET',
    path: '/posts/:id{[0-9]+}/raw',
    who: 'public',
    json: async (context) => context.c.text((await findPost(context)).post.raw),
  },
];
