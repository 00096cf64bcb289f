import { NOTIFICATION_TYPE } from '../data/notifications.ts';
import { readText } from '../http/read-body.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { categoryShape } from '../shapes/topic-shape.ts';

const CATEGORIES_PER_PAGE = 25;

async function site({ forum, user }: RouteContext) {
  return {
    default_archetype: 'regular',
    notification_types: NOTIFICATION_TYPE,
    post_types: { regular: 1, moderator_action: 2, small_action: 3, whisper: 4 },
    trust_levels: { newuser: 0, basic: 1, member: 2, regular: 3, leader: 4 },
    groups: [],
    filters: ['latest', 'top', 'new', 'unread'],
    periods: ['all', 'yearly', 'quarterly', 'monthly', 'weekly', 'daily'],
    top_menu_items: ['latest', 'new', 'unread', 'categories', 'top'],
    anonymous_top_menu_items: ['latest', 'categories', 'top'],
    can_create_tag: false,
    can_tag_topics: false,
    can_tag_pms: false,
    user_fields: [],
    auth_providers: [],
    archetypes: [{ id: 'regular', name: 'Regular Topic', options: [] }],
    post_action_types: [],
    topic_flag_types: [],
    can_create_topic: user !== null,
    categories: (await forum.topics.categories()).map(categoryShape),
  };
}

async function searchCategories({ forum, body }: RouteContext) {
  const term = readText(body, 'term').trim().toLowerCase();
  const page = Math.max(1, Math.min(9_999, Math.trunc(Number(readText(body, 'page'))) || 1));
  const categories = await forum.topics.categories();
  const found = categories.filter(
    ({ name, slug }) => name.toLowerCase().includes(term) || slug.includes(term),
  );
  const shown = found.slice((page - 1) * CATEGORIES_PER_PAGE, page * CATEGORIES_PER_PAGE);
  return { categories: shown.map(categoryShape), categories_count: found.length };
}

/** What apps read about a site. This forum has no tags and no groups. */
export const siteDataRoutes: readonly Route[] = [
  { name: 'site#site', method: 'GET', path: '/site', who: 'public', json: site },
  {
    name: 'tags#index',
    method: 'GET',
    path: '/tags',
    who: 'public',
    json: () => ({ tags: [], extras: { categories: [] } }),
  },
  {
    name: 'groups#index',
    method: 'GET',
    path: '/groups',
    who: 'public',
    json: () => ({
      groups: [],
      extras: { type_filters: [] },
      total_rows_groups: 0,
      load_more_groups: '/groups?page=1',
    }),
  },
  {
    name: 'categories#search',
    method: 'POST',
    path: '/categories/search',
    who: 'user',
    json: searchCategories,
  },
];
