import { respondPublic } from '../http/respond.ts';
import type { Route } from '../http/route.ts';
import { stylesheet } from '../pages/stylesheet.ts';
import { basicUser } from '../shapes/user-shape.ts';

const DESCRIPTION = 'A small forum to try out user API keys.';

/** A plum. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="18" r="12" fill="#6b2f6e"/><path d="M16 7q1-5 6-6" fill="none" stroke="#2e7d4f" stroke-width="3"/></svg>';

export const siteRoutes: readonly Route[] = [
  {
    name: 'site#basic_info',
    method: 'GET',
    path: '/site/basic-info',
    who: 'public',
    json: ({ forum }) => ({
      logo_url: null,
      logo_small_url: null,
      apple_touch_icon_url: null,
      favicon_url: null,
      title: forum.name,
      description: DESCRIPTION,
      header_primary_color: '1c1d1f',
      header_background_color: 'ffffff',
      login_required: false,
    }),
  },
  {
    name: 'about#index',
    method: 'GET',
    path: '/about',
    who: 'public',
    async json({ forum }) {
      const users = forum.users.list();
      const counts = await forum.topics.counts();
      return {
        users: users.map(basicUser),
        about: {
          title: forum.name,
          description: DESCRIPTION,
          locale: 'en',
          stats: { topics_count: counts.topics, posts_count: counts.posts, users_count: users.length },
          admin_ids: users.filter((user) => user.isAdmin).map((user) => user.id),
          moderator_ids: users.filter((user) => user.isModerator).map((user) => user.id),
        },
      };
    },
  },
  {
    name: 'assets#icon',
    method: 'GET',
    path: '/favicon.ico',
    who: 'public',
    html: ({ c }) => respondPublic(c, ICON, 'image/svg+xml'),
  },
  {
    name: 'assets#stylesheet',
    method: 'GET',
    path: '/assets/forum.css',
    who: 'public',
    html: ({ c }) => respondPublic(c, stylesheet, 'text/css'),
  },
];
