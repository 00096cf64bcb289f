import { notAllowed } from '../http/forum-error.ts';
import { readId } from '../http/read-body.ts';
import { readCount } from '../http/read-query.ts';
import type { Route, UserContext } from '../http/route.ts';
import { inLayout } from '../pages/in-layout.ts';
import { notificationsPage } from '../pages/notifications-page.ts';
import { notificationShape } from '../shapes/notification-shape.ts';
import { checkSelf } from './user-of-path.ts';

const PER_PAGE = 60;
const RECENT = 15;

async function listNotifications({ forum, query, user }: UserContext) {
  const username = query.get('username');
  if (username !== null && username.toLowerCase() !== user.username.toLowerCase()) throw notAllowed();
  const isRecent = query.get('recent') === 'true';
  const limit = readCount(query, 'limit', {
    min: 1,
    max: PER_PAGE,
    defaultValue: isRecent ? RECENT : PER_PAGE,
  });
  const offset = readCount(query, 'offset', { min: 0, max: 1_000_000, defaultValue: 0 });
  const { total, lastReadId } = await forum.notifications.counts(user.id);
  const found = await forum.notifications.list(user.id, { limit, offset });
  return {
    notifications: found.map((notification) => notificationShape(forum, notification)),
    total_rows_notifications: total,
    seen_notification_id: lastReadId,
    load_more_notifications: `/notifications?offset=${offset + limit}&username=${encodeURIComponent(user.username)}`,
  };
}

const markRead = {
  name: 'notifications#mark_read',
  method: 'PUT',
  who: 'user',
  async json({ forum, body, user }: UserContext) {
    await forum.notifications.markRead(user.id, readId(body, 'id'));
    return { success: 'OK' };
  },
} as const;

/** A page of its own, because clients of Discourse read JSON from `/notifications`. */
async function showPage(context: UserContext) {
  checkSelf(context);
  const { forum, user, session } = context;
  const base = `/u/${encodeURIComponent(user.username)}`;
  const content = notificationsPage(forum, {
    notifications: await forum.notifications.list(user.id, { limit: PER_PAGE, offset: 0 }),
    path: `${base}/notifications`,
    appsPath: `${base}/preferences/apps`,
    csrfToken: session?.csrfToken ?? null,
  });
  return inLayout(context, 'Notifications', content);
}

async function markAllRead(context: UserContext) {
  checkSelf(context);
  const { forum, user, c } = context;
  await forum.notifications.markRead(user.id, null);
  return c.redirect(`/u/${encodeURIComponent(user.username)}/notifications`, 303);
}

export const notificationRoutes: readonly Route[] = [
  {
    name: 'notifications#index',
    method: 'GET',
    path: '/notifications',
    who: 'user',
    json: listNotifications,
  },
  {
    name: 'notifications#totals',
    method: 'GET',
    path: '/notifications/totals',
    who: 'user',
    json: async ({ forum, user }) => ({
      unread_notifications: await forum.notifications.unreadCount(user.id),
      unread_personal_messages: 0,
      unseen_reviewables: 0,
      topic_tracking: await forum.topics.countsFor(user.id),
      group_inboxes: [],
      chat_notifications: 0,
      username: user.username,
    }),
  },
  {
    name: 'user_notifications#page',
    method: 'GET',
    path: '/u/:username/notifications',
    who: 'user',
    html: showPage,
  },
  {
    name: 'user_notifications#mark_all_read',
    method: 'POST',
    path: '/u/:username/notifications/mark-read',
    who: 'user',
    html: markAllRead,
  },
  { ...markRead, path: '/notifications/mark-read' },
  // The path that DiscourseHub uses.
  { ...markRead, path: '/notifications/read' },
];
