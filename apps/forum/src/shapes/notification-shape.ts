import type { KeyNotification, Notification } from '../data/notifications.ts';
import type { Forum } from '../forum-parts.ts';
import { escapeHtml } from './cook.ts';
import { cleanName, noticeSentence } from './notice-text.ts';
import { authorOf } from './topic-shape.ts';
import { isoTime } from './user-shape.ts';

/** A notification as Discourse lists it. */
export function notificationShape(forum: Forum, notification: Notification) {
  const basics = {
    id: notification.id,
    user_id: notification.userId,
    notification_type: notification.type,
    read: notification.isRead,
    high_priority: false,
    created_at: isoTime(notification.createdAt),
  };
  if (notification.notice !== null) return { ...basics, ...noticeShape(notification) };
  const author = authorOf(forum, notification.authorId);
  return {
    ...basics,
    post_number: notification.postNumber,
    topic_id: notification.topicId,
    slug: notification.topicSlug,
    fancy_title: escapeHtml(notification.topicTitle),
    data: {
      topic_title: notification.topicTitle,
      original_post_id: notification.postId,
      original_post_type: 1,
      original_username: author.username,
      display_username: author.username,
      revision_number: null,
    },
  };
}

/** A notice about a key has no topic. */
function noticeShape({ notice }: KeyNotification) {
  const name = cleanName(notice.applicationName);
  const message = noticeSentence(notice, { revealsIpAddress: false });
  return {
    post_number: null,
    topic_id: null,
    slug: null,
    fancy_title: escapeHtml(name),
    data: { title: name, message, kind: notice.kind },
  };
}
