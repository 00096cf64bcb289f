import type { AdminRoute, AdminScopeDefinitions } from './admin-scope.ts';
import type { Method } from './scope.ts';

const allow = (route: string, method: Method, parameters: Record<string, string> = {}): AdminRoute => ({
  route,
  methods: [method],
  parameters,
});

/** The scopes of granular admin keys, with Discourse’s names (PROTOCOL.md#scopes-of-an-admin-key). */
export const discourseAdminScopes: AdminScopeDefinitions = {
  'topics:read': {
    sentence: 'Read topics, and the lists of them',
    routes: [
      allow('topics#show', 'GET', { topic_id: 'id' }),
      allow('list#latest', 'GET'),
      allow('list#new', 'GET'),
      allow('list#unread', 'GET'),
    ],
  },
  'topics:write': {
    sentence: 'Start topics and reply to them',
    routes: [allow('posts#create', 'POST', { topic_id: 'topic_id' })],
  },
  'posts:read': {
    sentence: 'Read single posts',
    routes: [allow('posts#show', 'GET', { id: 'id' })],
  },
  'posts:edit': {
    sentence: 'Change posts',
    routes: [allow('posts#update', 'PUT', { id: 'id' })],
  },
  'posts:delete': {
    sentence: 'Delete posts',
    routes: [allow('posts#destroy', 'DELETE', { id: 'id' })],
  },
  'users:show': {
    sentence: 'See the profiles of people',
    routes: [allow('users#show', 'GET', { username: 'username' })],
  },
  'search:query': {
    sentence: 'Search',
    routes: [allow('search#query', 'GET')],
  },
  'categories:list': {
    sentence: 'List the categories',
    routes: [allow('categories#index', 'GET')],
  },
  'categories:show': {
    sentence: 'See one category and its topics',
    routes: [allow('categories#show', 'GET', { category_id: 'id' })],
  },
};
