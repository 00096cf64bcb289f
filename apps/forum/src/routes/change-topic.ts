import type { Post, Topic } from '../data/topic-rows.ts';
import { invalidParameter, invalidPost, notAllowed, notFound } from '../http/forum-error.ts';
import { type Body, readId, readText } from '../http/read-body.ts';
import type { Route, UserContext } from '../http/route.ts';
import { escapeHtml } from '../shapes/cook.ts';
import { mayChange } from '../shapes/topic-shape.ts';
import { basicUser } from '../shapes/user-shape.ts';
import { checkDeletable, titleProblems } from './posts.ts';

function findOwnTopic({ forum, parameters, user }: UserContext): { topic: Topic; first: Post } {
  const topic = forum.topics.find(Number(parameters.id));
  const [first] = topic ? forum.topics.posts(topic.id) : [];
  if (!topic || !first) throw notFound();
  if (!mayChange(user, first)) throw notAllowed();
  return { topic, first };
}

const updateTopic = {
  name: 'topics#update',
  method: 'PUT',
  who: 'user',
  json(context: UserContext) {
    const { forum, body } = context;
    const { topic } = findOwnTopic(context);
    // `{topic: {title}}`, which Discourse documents, or a plain `title`.
    const { topic: nested } = body;
    const changes = typeof nested === 'object' && nested !== null ? (nested as Body) : body;
    const title = readText(changes, 'title').trim().replace(/\s+/g, ' ') || topic.title;
    const problems = titleProblems(title);
    if (problems.length > 0) throw invalidPost(problems);
    const categoryId = readId(changes, 'category_id') ?? topic.categoryId;
    if (!forum.topics.categories().some(({ id }) => id === categoryId))
      throw invalidParameter('There is no such category.');
    forum.topics.updateTopic(topic.id, { title, categoryId });
    const { slug } = forum.topics.find(topic.id) ?? topic;
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
    json(context) {
      const { topic, first } = findOwnTopic(context);
      checkDeletable(context, first, topic);
      context.forum.topics.deletePost(first, context.now);
      return { success: 'OK' };
    },
  },
];
