import type { Post, Topic } from '../data/topic-rows.ts';
import { notFound } from '../http/forum-error.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { postShape } from '../shapes/topic-shape.ts';

/** Discourse's chunk of a topic. */
const CHUNK = 20;
const IDS_MAX = 200;

async function findTopicPosts({ forum, parameters }: RouteContext): Promise<{ topic: Topic; posts: Post[] }> {
  const topic = await forum.topics.find(Number(parameters.id));
  if (!topic) throw notFound();
  return { topic, posts: await forum.topics.posts(topic.id) };
}

/** Returns the posts that the query names: by `post_ids[]`, or near, after or before `post_number`; else the first ones. */
function selectPosts(posts: readonly Post[], query: URLSearchParams): readonly Post[] {
  const ids = query.getAll('post_ids[]').slice(0, IDS_MAX).map(Number);
  if (ids.length > 0) return posts.filter(({ id }) => ids.includes(id));
  const number = Number(query.get('post_number') ?? Number.NaN);
  if (!Number.isSafeInteger(number)) return posts.slice(0, CHUNK);
  const after = posts.filter(({ postNumber }) => postNumber > number);
  const before = posts.filter(({ postNumber }) => postNumber < number);
  const asc = query.get('asc');
  if (asc !== null) return asc === 'true' ? after.slice(0, CHUNK) : before.slice(-CHUNK);
  return posts.slice(Math.max(0, before.length - CHUNK / 2)).slice(0, CHUNK);
}

/** Parts of a topic. They mark nothing as read. */
export const topicPostRoutes: readonly Route[] = [
  {
    name: 'topics#posts',
    method: 'GET',
    path: '/t/:id{[0-9]+}/posts',
    who: 'public',
    async json(context) {
      const { topic, posts } = await findTopicPosts(context);
      const selected = selectPosts(posts, context.query);
      return {
        post_stream: { posts: selected.map((post) => postShape(context.forum, post, topic, context.user)) },
        id: topic.id,
      };
    },
  },
  {
    name: 'topics#post_ids',
    method: 'GET',
    path: '/t/:id{[0-9]+}/post_ids',
    who: 'public',
    async json(context) {
      const { posts } = await findTopicPosts(context);
      const names = (context.query.get('username_filters') ?? '').toLowerCase().split(',').filter(Boolean);
      const isFrom = ({ userId }: Post) =>
        names.includes(context.forum.users.find(userId)?.username.toLowerCase() ?? '');
      return { post_ids: posts.filter((post) => names.length === 0 || isFrom(post)).map(({ id }) => id) };
    },
  },
];
