import { notAllowed } from '../http/forum-error.ts';
import { readId } from '../http/read-body.ts';
import { readCount } from '../http/read-query.ts';
import type { PersonContext, Route } from '../http/route.ts';
import { notificationShape } from '../shapes/notification-shape.ts';

const PER_PAGE = 60;
const RECENT = 15;

function listNotifications({ forum, query, person }: PersonContext) {
  const username = query.get('username');
  if (username !== null && username.toLowerCase() !== person.username.toLowerCase()) throw notAllowed();
  const isRecent = query.get('recent') === 'true';
  const limit = readCount(query, 'limit', { min: 1, max: PER_PAGE, otherwise: isRecent ? RECENT : PER_PAGE });
  const offset = readCount(query, 'offset', { min: 0, max: 1_000_000, otherwise: 0 });
  const { total, lastReadId } = forum.notifications.counts(person.id);
  return {
    notifications: forum.notifications
      .list(person.id, { limit, offset })
      .map((notification) => notificationShape(forum, notification)),
    total_rows_notifications: total,
    seen_notification_id: lastReadId,
    load_more_notifications: `/notifications?offset=${offset + limit}&username=${encodeURIComponent(person.username)}`,
  };
}

const markRead = {
  name: 'notifications#mark_read',
  method: 'PUT',
  who: 'person',
  json({ forum, body, person }: PersonContext) {
    forum.notifications.markRead(person.id, readId(body, 'id'));
    return { success: 'OK' };
  },
} as const;

export const notificationRoutes: readonly Route[] = [
  {
    name: 'notifications#index',
    method: 'GET',
    path: '/notifications',
    who: 'person',
    json: listNotifications,
  },
  {
    name: 'notifications#totals',
    method: 'GET',
    path: '/notifications/totals',
    who: 'person',
    json: ({ forum, person }) => ({
      unread_notifications: forum.notifications.unreadCount(person.id),
      unread_personal_messages: 0,
      unseen_reviewables: 0,
      topic_tracking: forum.topics.countsFor(person.id),
      group_inboxes: [],
      chat_notifications: 0,
      username: person.username,
    }),
  },
  { ...markRead, path: '/notifications/mark-read' },
  // As DiscourseHub calls it.
  { ...markRead, path: '/notifications/read' },
];
