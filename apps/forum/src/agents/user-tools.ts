import type { Tool } from '@valetkey/mcp';

const username = { type: 'string', minLength: 1, maxLength: 60 };

/** The tools about the user and other users, with the names and inputs that Discourse uses. */
export const userTools: readonly Tool[] = [
  {
    name: 'discourse_current_user_get',
    title: 'Show who is connected',
    description:
      'Returns the user that these tools act for: username, name and number of unread notifications.',
    route: 'session#current',
    method: 'GET',
    input: { type: 'object' },
    toRequest: () => ({}),
    toResult({ current_user: { id, username, name, unread_notifications } }) {
      return { id, username, name, unread_notifications };
    },
  },
  {
    name: 'discourse_get_user',
    title: 'Show a user',
    description: 'Returns the public profile of a user.',
    route: 'users#show',
    method: 'GET',
    input: { type: 'object', properties: { username }, required: ['username'] },
    toRequest: ({ username }) => ({ parameters: { username } }),
    toResult({ user: { id, username, name, trust_level, admin, moderator, created_at, status } }) {
      return { id, username, name, trust_level, admin, moderator, created_at, status };
    },
  },
  {
    name: 'discourse_notification_list',
    title: 'List notifications',
    description: 'Lists the latest notifications of the user.',
    route: 'notifications#index',
    method: 'GET',
    input: { type: 'object', properties: { limit: { type: 'integer', minimum: 1, maximum: 60 } } },
    toRequest: ({ limit = 15 }) => ({ query: { limit } }),
    toResult: ({ notifications }) => ({ notifications }),
  },
  {
    name: 'discourse_bookmark_list',
    title: 'List bookmarks',
    description: 'Lists the bookmarks of the user. The username is that of discourse_current_user_get.',
    route: 'users#bookmarks',
    method: 'GET',
    input: {
      type: 'object',
      properties: { username, page: { type: 'integer', minimum: 0, maximum: 100 } },
      required: ['username'],
    },
    toRequest: ({ username, page }) => ({ parameters: { username }, query: { page } }),
    toResult: ({ user_bookmark_list }) => user_bookmark_list,
  },
  {
    name: 'discourse_user_status_set',
    title: 'Set the status',
    description: 'Sets the status that others see beside the name of the user.',
    route: 'user_status#set',
    method: 'PUT',
    input: {
      type: 'object',
      properties: {
        description: { type: 'string', minLength: 1, maxLength: 100 },
        emoji: { type: 'string', description: 'The name of an emoji, such as speech_balloon.' },
        ends_at: {
          type: 'string',
          description: 'A time in the future, such as 2030-01-31T12:00:00Z. Default: none.',
        },
      },
      required: ['description', 'emoji'],
    },
    toRequest: ({ description, emoji, ends_at }) => ({ body: { description, emoji, ends_at } }),
  },
];
