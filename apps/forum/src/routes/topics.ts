import type { TopicFilter } from '../data/topics.ts';
import { notFound } from '../http/forum-error.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { inLayout } from '../pages/in-layout.ts';
import { newTopicForm } from '../pages/post-forms.ts';
import { categoriesPage, searchPage, topicListPage, topicPage } from '../pages/topic-pages.ts';
import { latestFeed } from '../shapes/latest-feed.ts';
import { type PostInTopic, withTopics } from '../shapes/post-topic.ts';
import { authorOf, categoryShape, postShape, topicListItem, topicShape } from '../shapes/topic-shape.ts';
import { basicUser } from '../shapes/user-shape.ts';
import { listJson, PER_PAGE, readList } from './list-topics.ts';

async function listPage(context: RouteContext, filter: TopicFilter, path: string, heading: string) {
  const categories = await context.forum.topics.categories();
  const list = {
    ...(await readList(context, filter, { path })),
    heading,
    categories,
    mayPost: context.user !== null,
  };
  return inLayout(context, heading, topicListPage(context.forum, list));
}

async function findCategory({ forum, parameters }: RouteContext) {
  const categories = await forum.topics.categories();
  const category = categories.find(({ id }) => String(id) === parameters.id);
  if (!category) throw notFound();
  return category;
}

/** Returns the topic of the path. Marks it as read for a browser's user, but not for a key. */
async function findTopic({ forum, parameters, session, user }: RouteContext) {
  const topic = await forum.topics.find(Number(parameters.id));
  if (!topic) throw notFound();
  if (session && user) {
    await forum.topics.markRead(user.id, topic);
    await forum.notifications.markTopicRead(user.id, topic.id);
  }
  return topic;
}

const showTopic = {
  name: 'topics#show',
  method: 'GET',
  who: 'public',
  async json(context: RouteContext) {
    const topic = await findTopic(context);
    return topicShape(context.forum, topic, await context.forum.topics.posts(topic.id), context.user);
  },
  async html(context: RouteContext) {
    const { forum, user, session } = context;
    const topic = await findTopic(context);
    const categories = await forum.topics.categories();
    const category = categories.find(({ id }) => id === topic.categoryId) ?? null;
    const csrfToken = user && session ? session.csrfToken : null;
    const posts = await forum.topics.posts(topic.id);
    return inLayout(context, topic.title, topicPage(forum, { topic, posts, category, csrfToken }));
  },
} as const;

const latest = { kind: 'latest' } as const;

const showLatest = {
  name: 'list#latest',
  method: 'GET',
  who: 'public',
  json: (context: RouteContext) => listJson(context, latest, { path: '/latest' }),
  html: (context: RouteContext) => listPage(context, latest, '/latest', 'Latest topics'),
} as const;

export const topicRoutes: readonly Route[] = [
  { ...showLatest, path: '/' },
  {
    ...showLatest,
    path: '/latest',
    async rss(context: RouteContext) {
      const topics = await context.forum.topics.list(latest, { limit: PER_PAGE, offset: 0 });
      return latestFeed(context.forum, topics);
    },
  },
  {
    name: 'list#new',
    method: 'GET',
    path: '/new',
    who: 'user',
    json: (context) => listJson(context, { kind: 'new', userId: context.user.id }, { path: '/new' }),
    html: (context) => listPage(context, { kind: 'new', userId: context.user.id }, '/new', 'New for you'),
  },
  {
    name: 'list#unread',
    method: 'GET',
    path: '/unread',
    who: 'user',
    json: (context) => listJson(context, { kind: 'unread', userId: context.user.id }, { path: '/unread' }),
    html: (context) => listPage(context, { kind: 'unread', userId: context.user.id }, '/unread', 'Unread'),
  },
  { ...showTopic, path: '/t/:id{[0-9]+}' },
  { ...showTopic, path: '/t/:slug/:id{[0-9]+}' },
  { ...showTopic, path: '/t/:slug/:id{[0-9]+}/:post_number{[0-9]+}' },
  {
    name: 'topics#new',
    method: 'GET',
    path: '/new-topic',
    who: 'user',
    html: async (context) =>
      inLayout(
        context,
        'New topic',
        newTopicForm(await context.forum.topics.categories(), context.session?.csrfToken ?? ''),
      ),
  },
  {
    name: 'categories#index',
    method: 'GET',
    path: '/categories',
    who: 'public',
    json: async ({ forum, user }) => ({
      category_list: {
        can_create_category: false,
        can_create_topic: user !== null,
        categories: (await forum.topics.categories()).map(categoryShape),
      },
    }),
    html: async (context) =>
      inLayout(context, 'Categories', categoriesPage(await context.forum.topics.categories())),
  },
  {
    name: 'categories#show',
    method: 'GET',
    path: '/c/:slug/:id{[0-9]+}',
    who: 'public',
    async json(context) {
      const { id, slug } = await findCategory(context);
      return listJson(context, { kind: 'category', categoryId: id }, { path: `/c/${slug}/${id}` });
    },
    async html(context) {
      const { id, slug, name } = await findCategory(context);
      return listPage(context, { kind: 'category', categoryId: id }, `/c/${slug}/${id}`, name);
    },
  },
  {
    name: 'search#query',
    method: 'GET',
    path: '/search',
    who: 'public',
    async json(context) {
      const { forum, user } = context;
      const hits = await search(context);
      const topics = new Map(hits.map(({ topic }) => [topic.id, topic]));
      const users = new Set(hits.map(({ post }) => post.userId));
      return {
        posts: hits.map(({ post, topic }) => ({
          ...postShape(forum, post, topic, user),
          blurb: post.raw.slice(0, 200),
        })),
        topics: [...topics.values()].map((topic) => topicListItem(forum, topic)),
        users: [...users].map((id) => basicUser(authorOf(forum, id))),
        categories: [],
        tags: [],
        groups: [],
        grouped_search_result: {
          term: searchText(context),
          post_ids: hits.map(({ post }) => post.id),
          user_ids: [],
          category_ids: [],
          more_posts: null,
        },
      };
    },
    html: async (context) =>
      inLayout(context, 'Search', searchPage(searchText(context), await search(context))),
  },
];

const searchText = ({ query }: RouteContext): string =>
  (query.get('q') ?? query.get('term') ?? '').trim().slice(0, 200);

async function search(context: RouteContext): Promise<PostInTopic[]> {
  const text = searchText(context);
  return text === '' ? [] : withTopics(context.forum, await context.forum.topics.search(text, 50));
}
