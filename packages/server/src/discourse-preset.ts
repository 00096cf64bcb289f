import { discourseAdminScopes } from './core/scopes/discourse-admin-scopes.ts';
import { discourseScopes } from './core/scopes/discourse-scopes.ts';
import { discourseFeeds } from './issue/feeds/feed.ts';
import type { ValetkeyOptions } from './valetkey-options.ts';

/**
 * The scopes, feeds, paths and default settings of Discourse (PROTOCOL.md#settings), for a site whose clients are written for
 * Discourse. Spread it into the options of `createValetkey`. A site of another kind does not need it.
 *
 * @example
 * ```ts
 * const valetkey = await createValetkey({ ...discoursePreset, site, store });
 * ```
 */
export const discoursePreset = {
  scopes: discourseScopes,
  adminScopes: discourseAdminScopes,
  feeds: discourseFeeds,
  pages: { user: { prefix: '/u/:username/preferences' }, admin: { prefix: '/admin' } },
  settingDefaults: {
    allow_user_api_key_scopes: [
      'read',
      'write',
      'message_bus',
      'push',
      'notifications',
      'session_info',
      'one_time_password',
      'bookmarks_calendar',
      'user_status',
    ],
    user_api_key_allowed_groups: ['trust_level_0'],
    allowed_user_api_auth_redirects: ['discourse://auth_redirect'],
    max_user_api_reqs_per_minute: 20,
    max_user_api_reqs_per_day: 2880,
  },
} as const satisfies Omit<ValetkeyOptions, 'site' | 'store'>;
