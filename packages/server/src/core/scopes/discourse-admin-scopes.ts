import type { AdminRoute, AdminScopeDefinitions } from './admin-scope.ts';
import type { Method } from './scope.ts';

const allow = (route: string, method: Method, parameters: Record<string, string> = {}): AdminRoute => ({
  route,
  methods: [method],
  parameters,
});

/** The English sentences of the scopes. The messages of the other languages translate them. */
export const discourseAdminScopeTexts = {
  'topics:read': 'Read topics, and the lists of them',
  'topics:write': 'Start topics and reply to them',
  'posts:read': 'Read single posts',
  'posts:edit': 'Change posts',
  'posts:delete': 'Delete posts',
  'users:show': 'See the profiles of people',
  'search:query': 'Search',
  'categories:list': 'List the categories',
  'categories:show': 'See one category and its topics',
} as const;

/** The sentences of the scopes of admin keys in one language. */
export type DiscourseAdminScopeTexts = Readonly<Record<keyof typeof discourseAdminScopeTexts, string>>;

/** The scopes of granular admin keys, with Discourse’s names (PROTOCOL.md#scopes-of-an-admin-key). */
export const discourseAdminScopes: AdminScopeDefinitions = {
  'topics:read': {
    sentence: discourseAdminScopeTexts['topics:read'],
    routes: [
      allow('topics#show', 'GET', { topic_id: 'id' }),
      allow('list#latest', 'GET'),
      allow('list#new', 'GET'),
      allow('list#unread', 'GET'),
    ],
  },
  'topics:write': {
    sentence: discourseAdminScopeTexts['topics:write'],
    routes: [allow('posts#create', 'POST', { topic_id: 'topic_id' })],
  },
  'posts:read': {
    sentence: discourseAdminScopeTexts['posts:read'],
    routes: [allow('posts#show', 'GET', { id: 'id' })],
  },
  'posts:edit': {
    sentence: discourseAdminScopeTexts['posts:edit'],
    routes: [allow('posts#update', 'PUT', { id: 'id' })],
  },
  'posts:delete': {
    sentence: discourseAdminScopeTexts['posts:delete'],
    routes: [allow('posts#destroy', 'DELETE', { id: 'id' })],
  },
  'users:show': {
    sentence: discourseAdminScopeTexts['users:show'],
    routes: [allow('users#show', 'GET', { username: 'username' })],
  },
  'search:query': {
    sentence: discourseAdminScopeTexts['search:query'],
    routes: [allow('search#query', 'GET')],
  },
  'categories:list': {
    sentence: discourseAdminScopeTexts['categories:list'],
    routes: [allow('categories#index', 'GET')],
  },
  'categories:show': {
    sentence: discourseAdminScopeTexts['categories:show'],
    routes: [allow('categories#show', 'GET', { category_id: 'id' })],
  },
};
