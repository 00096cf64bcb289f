import { defaultScopes } from './default-scopes.ts';
import { discourseScopeTexts } from './discourse-scope-texts.ts';
import type { Method, RoutePermission, ScopeDefinitions } from './scope.ts';

const allow = (route: string, ...methods: Method[]): RoutePermission => ({ route, methods });

const pollMessageBus = allow('message_bus#poll', 'POST');

/**
 * The built-in scopes, with Discourse’s names (PROTOCOL.md#built-in-scopes). `push` and `one_time_password` permit no
 * route.
 */
export const discourseScopes: ScopeDefinitions = {
  ...defaultScopes,
  message_bus: {
    ...discourseScopeTexts.message_bus,
    permissions: [pollMessageBus],
    isReadOnly: true,
  },
  push: {
    ...discourseScopeTexts.push,
    permissions: [],
  },
  one_time_password: {
    ...discourseScopeTexts.one_time_password,
    permissions: [],
    isDangerous: true,
  },
  notifications: {
    ...discourseScopeTexts.notifications,
    permissions: [
      pollMessageBus,
      allow('notifications#index', 'GET'),
      allow('notifications#totals', 'GET'),
      allow('notifications#mark_read', 'PUT'),
    ],
  },
  session_info: {
    ...discourseScopeTexts.session_info,
    permissions: [allow('session#current', 'GET'), allow('users#topic_tracking_state', 'GET')],
  },
  bookmarks_calendar: {
    ...discourseScopeTexts.bookmarks_calendar,
    permissions: [{ ...allow('users#bookmarks', 'GET'), formats: ['ics'], isAllowedInUrl: true }],
  },
  user_status: {
    ...discourseScopeTexts.user_status,
    permissions: [
      allow('user_status#get', 'GET'),
      allow('user_status#set', 'PUT'),
      allow('user_status#clear', 'DELETE'),
    ],
  },
};
