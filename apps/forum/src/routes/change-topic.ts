import type { Post, Topic } from '../data/topic-rows.ts';
import { invalidParameter, invalidPost, notAllowed, notFound } from '../http/forum-error.ts';
import { type Body, readId, readText } from '../http/read-body.ts';
import type { Route, UserContext } from '../http/route.ts';
import { escapeHtml } from '../shapes/cook.ts';
import { mayChange } from '../shapes/topic-shape.ts';
import { basicUser } from '../shapes/user-shape.ts';
import { checkDeletable, titleProblems } from './posts.ts';

async function findOwnTopic({
  forum,
  parameters,
  user,
}: UserContext): Promise<{ topic: Topic; first: Post }> {
  const topic = await forum.topics.find(Number(parameters.id));
  const [first] = topic ? await forum.topics.posts(topic.id) : [];
  if (!topic || !first) throw notFound();
  if (!mayChange(user, first)) throw notAllowed();
  return { topic, first };
}

const updateTopic = {
  name: 'topics#update',
  method: 'PUT',
  who: 'user',
  async json(context: UserContext) {
    const { forum, body } = context;
    const { topic } = await findOwnTopic(context);
    // `{topic: {title}}`, which Discourse documents, or a plain `title`.
    const { topic: nested } = body;
    const changes = typeof nested === 'object' && nested !== null ? (nested as Body) : body;
    const title = readText(changes, 'title').trim().replace(/\s+/g, ' ') || topic.title;
    const problems = titleProblems(title);
    if (problems.length > 0) throw invalidPost(problems);
    const categoryId = readId(changes, 'category_id') ?? topic.categoryId;
    const categories = await forum.topics.categories();
    if (!categories.some(({ id }) => id === categoryId)) throw invalidParameter('There is no such category.');
    await forum.topics.updateTopic(topic.id, { title, categoryId });
    const { slug } = (await forum.topics.find(topic.id)) ?? topic;
    const basic_topic = {
      id: topic.id,
      title,
      fancy_title: escapeHtml(title),
      slug,
      posts_count: topic.postsCount,
    };
    return { basic_topic, last_editor: basicUser(context.user) };
  },
} as const;

export const changeTopicRoutes: readonly Route[] = [
  { ...updateTopic, path: '/t/:id{[0-9]+}' },
  { ...updateTopic, path: '/t/:slug/:id{[0-9]+}' },
  {
    name: 'topics#destroy',
    method: 'DELETE',
    path: '/t/:id{[0-9]+}',
    who: 'user',
    async json(context) {
      const { topic, first } = await findOwnTopic(context);
      checkDeletable(context, first, topic);
      await context.forum.topics.deletePost(first, context.now);
      return { success: 'OK' };
    },
  },
];
