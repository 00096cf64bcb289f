import type { TopicFilter } from '../data/topics.ts';
import { notFound } from '../http/forum-error.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { layout } from '../pages/layout.ts';
import { newTopicForm } from '../pages/post-forms.ts';
import { categoriesPage, searchPage, topicListPage, topicPage } from '../pages/topic-pages.ts';
import { latestFeed } from '../shapes/latest-feed.ts';
import { authorOf, categoryShape, postShape, topicListItem, topicShape } from '../shapes/topic-shape.ts';
import { basicUser } from '../shapes/user-shape.ts';
import { listJson, PER_PAGE, readList } from './list-topics.ts';

function listPage(context: RouteContext, filter: TopicFilter, path: string, heading: string) {
  const categories = context.forum.topics.categories();
  const list = {
    ...readList(context, filter, { path }),
    heading,
    categories,
    mayPost: context.user !== null,
  };
  return inLayout(context, heading, topicListPage(context.forum, list));
}

function inLayout({ user, session }: RouteContext, title: string, content: ReturnType<typeof layout>) {
  return layout({ title, content, user, csrfToken: session?.csrfToken ?? null });
}

function findCategory({ forum, parameters }: RouteContext) {
  const category = forum.topics.categories().find(({ id }) => String(id) === parameters.id);
  if (!category) throw notFound();
  return category;
}

/** Returns the topic of the path. Marks it as read for a browser's user, but not for a key. */
function findTopic({ forum, parameters, session, user }: RouteContext) {
  const topic = forum.topics.find(Number(parameters.id));
  if (!topic) throw notFound();
  if (session && user) {
    forum.topics.markRead(user.id, topic);
    forum.notifications.markTopicRead(user.id, topic.id);
  }
  return topic;
}

const showTopic = {
  name: 'topics#show',
  method: 'GET',
  who: 'public',
  json(context: RouteContext) {
    const topic = findTopic(context);
    return topicShape(context.forum, topic, context.forum.topics.posts(topic.id), context.user);
  },
  html(context: RouteContext) {
    const { forum, user, session } = context;
    const topic = findTopic(context);
    const category = forum.topics.categories().find(({ id }) => id === topic.categoryId) ?? null;
    const token = user && session ? session.csrfToken : null;
    return inLayout(
      context,
      topic.title,
      topicPage(forum, topic, forum.topics.posts(topic.id), category, token),
    );
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
    rss(context: RouteContext) {
      const topics = context.forum.topics.list(latest, { limit: PER_PAGE, offset: 0 });
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
    html: (context) =>
      inLayout(
        context,
        'New topic',
        newTopicForm(context.forum.topics.categories(), context.session?.csrfToken ?? ''),
      ),
  },
  {
    name: 'categories#index',
    method: 'GET',
    path: '/categories',
    who: 'public',
    json: ({ forum, user }) => ({
      category_list: {
        can_create_category: false,
        can_create_topic: user !== null,
        categories: forum.topics.categories().map(categoryShape),
      },
    }),
    html: (context) => inLayout(context, 'Categories', categoriesPage(context.forum.topics.categories())),
  },
  {
    name: 'categories#show',
    method: 'GET',
    path: '/c/:slug/:id{[0-9]+}',
    who: 'public',
    json(context) {
      const { id, slug } = findCategory(context);
      return listJson(context, { kind: 'category', categoryId: id }, { path: `/c/${slug}/${id}` });
    },
    html(context) {
      const { id, slug, name } = findCategory(context);
      return listPage(context, { kind: 'category', categoryId: id }, `/c/${slug}/${id}`, name);
    },
  },
  {
    name: 'search#query',
    method: 'GET',
    path: '/search',
    who: 'public',
    json(context) {
      const { forum, user } = context;
      const hits = search(context);
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
    html: (context) => inLayout(context, 'Search', searchPage(searchText(context), search(context))),
  },
];

const searchText = ({ query }: RouteContext): string =>
  (query.get('q') ?? query.get('term') ?? '').trim().slice(0, 200);

function search(context: RouteContext) {
  const { topics } = context.forum;
  const text = searchText(context);
  const posts = text === '' ? [] : topics.search(text, 50);
  return posts.flatMap((post) => {
    const topic = topics.find(post.topicId);
    return topic ? [{ post, topic }] : [];
  });
}
