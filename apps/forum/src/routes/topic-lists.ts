import type { Route, RouteContext } from '../http/route.ts';
import { topicList } from '../shapes/topic-shape.ts';
import { listJson } from './list-topics.ts';

const DAY_MS = 86_400_000;
/** Days; Discourse's periods. */
const PERIODS: Readonly<Record<string, number>> = {
  daily: 1,
  weekly: 7,
  monthly: 30,
  quarterly: 91,
  yearly: 365,
  all: Number.POSITIVE_INFINITY,
};
const QUERY_MAX = 500;

/** Returns the values of one term of the query, such as `category:kitchen,general`. */
function valuesOf(query: string, ...names: string[]): string[] {
  const terms = query.split(/\s+/).map((term) => term.split(':', 2));
  return terms.flatMap(([name = '', values = '']) =>
    names.includes(name) ? values.split(',').map((value) => value.replace(/^[@#=]/, '').toLowerCase()) : [],
  );
}

/**
 * Returns the topics of Discourse's query `q`. It knows `category:` and `created-by:` with one value, `tag:` and `status:`.
 * Other terms are ignored, as Discourse ignores unknown ones.
 */
async function filterTopics(context: RouteContext) {
  const { forum, query } = context;
  const q = (query.get('q') ?? '').slice(0, QUERY_MAX);
  const [categorySlug] = valuesOf(q, 'category', 'categories');
  const [author] = valuesOf(q, 'created-by', 'user', 'users');
  const categories = await forum.topics.categories();
  const category = categories.find(({ slug }) => slug === categorySlug);
  const user = author === undefined ? null : forum.users.findByUsername(author);
  // Nothing here has a tag, and nothing is closed, archived or deleted.
  const isEmpty =
    (categorySlug !== undefined && !category) ||
    (author !== undefined && !user) ||
    valuesOf(q, 'tag', 'tags').length > 0 ||
    valuesOf(q, 'status').some((status) => !['open', 'public', 'listed'].includes(status));
  if (isEmpty) return topicList(forum, [], null, 0);
  const filter = { kind: 'filtered', categoryId: category?.id ?? null, userId: user?.id ?? null } as const;
  return listJson(context, filter, { path: '/filter', keep: { q } });
}

/** Lists that apps use and that have no page here. */
export const topicListRoutes: readonly Route[] = [
  {
    name: 'list#filter',
    method: 'GET',
    path: '/filter',
    who: 'public',
    json: filterTopics,
  },
  {
    name: 'list#top',
    method: 'GET',
    path: '/top',
    who: 'public',
    json(context) {
      const asked = context.query.get('period') ?? '';
      const period = Object.hasOwn(PERIODS, asked) ? asked : 'weekly';
      const since = Math.max(0, context.now - (PERIODS[period] ?? 0) * DAY_MS);
      return listJson(context, { kind: 'top', since }, { path: '/top', keep: { period } });
    },
  },
];
