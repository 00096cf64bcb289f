import { defaultScopes } from './default-scopes.ts';
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
    sentence: 'Receive live updates',
    permissions: [pollMessageBus],
  },
  push: {
    sentence: 'Have your notifications sent to an outside service',
    permissions: [],
  },
  one_time_password: {
    sentence: 'Sign in as you, once, in a browser',
    permissions: [],
    isDangerous: true,
  },
  notifications: {
    sentence: 'Read your notifications and mark them as read',
    permissions: [
      pollMessageBus,
      allow('notifications#index', 'GET'),
      allow('notifications#totals', 'GET'),
      allow('notifications#mark_read', 'PUT'),
    ],
  },
  session_info: {
    sentence: 'See who you are and what is new for you',
    permissions: [allow('session#current', 'GET'), allow('users#topic_tracking_state', 'GET')],
  },
  bookmarks_calendar: {
    sentence: 'Read the reminders of your bookmarks as a calendar',
    permissions: [{ ...allow('users#bookmarks', 'GET'), formats: ['ics'], isAllowedInUrl: true }],
  },
  user_status: {
    sentence: 'See, set and clear your status',
    permissions: [
      allow('user_status#get', 'GET'),
      allow('user_status#set', 'PUT'),
      allow('user_status#clear', 'DELETE'),
    ],
  },
};
