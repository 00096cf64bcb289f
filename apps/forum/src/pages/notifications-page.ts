import { html } from 'hono/html';
import { NOTIFICATION_TYPE, type Notification } from '../data/notifications.ts';
import type { Forum } from '../forum-parts.ts';
import { cleanName, noticeSentence } from '../shapes/notice-text.ts';
import { authorOf } from '../shapes/topic-shape.ts';
import { isoTime } from '../shapes/user-shape.ts';
import type { Html } from './layout.ts';

/** The notifications of the reader, newest first. */
interface NotificationsView {
  readonly notifications: readonly Notification[];
  /** The path of this page. */
  readonly path: string;
  /** The path of the apps and keys of the reader. */
  readonly appsPath: string;
  /** Null for a request with a key, which gets no form and no IP address. */
  readonly csrfToken: string | null;
}

const WHAT_HAPPENED: Readonly<Record<number, string>> = {
  [NOTIFICATION_TYPE.mentioned]: 'mentioned you in',
  [NOTIFICATION_TYPE.replied]: 'replied to you in',
  [NOTIFICATION_TYPE.posted]: 'posted in',
};

/** Renders the notifications, with a button that marks all as read. */
export function notificationsPage(forum: Forum, view: NotificationsView): Html {
  const { notifications, path, csrfToken } = view;
  const hasUnread = notifications.some(({ isRead }) => !isRead);
  return html`<div class="bar">
      <h1>Notifications</h1>
      ${
        hasUnread && csrfToken !== null
          ? html`<form method="post" action="${path}/mark-read">
              <input type="hidden" name="authenticity_token" value="${csrfToken}" />
              <button type="submit" class="button">Mark all as read</button>
            </form>`
          : ''
      }
    </div>
    ${notifications.length === 0 ? html`<p class="soft">No notifications.</p>` : listOf(forum, view)}`;
}

const listOf = (forum: Forum, { notifications, ...view }: NotificationsView): Html =>
  html`<ul class="topics">
    ${notifications.map(
      (each) => html`<li>
        ${each.isRead ? '' : html`<strong>New:</strong>`} ${describe(forum, each, view)}
        <time class="soft" datetime="${isoTime(each.createdAt)}">${formatTime(each.createdAt)}</time>
      </li>`,
    )}
  </ul>`;

function describe(
  forum: Forum,
  notification: Notification,
  { appsPath, csrfToken }: Pick<NotificationsView, 'appsPath' | 'csrfToken'>,
): Html {
  if (notification.notice !== null) {
    const { notice } = notification;
    const name = cleanName(notice.applicationName);
    const sentence = noticeSentence(notice, { revealsIpAddress: csrfToken !== null });
    return html`<a class="title" href="${appsPath}"><bdi>${name}</bdi></a>: ${sentence}`;
  }
  const { topicSlug, topicId, postNumber, topicTitle, authorId, type } = notification;
  return html`${authorOf(forum, authorId).username} ${WHAT_HAPPENED[type]}
    <a class="title" href="/t/${topicSlug}/${topicId}#post-${postNumber}">${topicTitle}</a>`;
}

const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
const formatTime = (time: number): string => `${times.format(time)} UTC`;
