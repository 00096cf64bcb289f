/** A notification for a user, pushed to the user’s clients (PROTOCOL.md#push-request). */
export interface PushNotification {
  /** Discourse's number: 1 mentioned, 2 replied, 5 liked, 9 posted, … */
  readonly notificationType: number;
  /** Path on the site, without its subfolder: `/t/plums/7/2`. */
  readonly postUrl: string;
  readonly topicTitle: string;
  /** Plain text; truncated to 400 characters, as in Discourse. */
  readonly excerpt: string;
  /** The user who caused it. */
  readonly username: string;
  readonly topicId?: number | undefined;
  readonly postNumber?: number | undefined;
}

/** The notification as sent, without `client_id`, which is added for each client. */
export interface PushedNotification {
  readonly notification_type: number;
  readonly post_url: string;
  readonly url: string;
  readonly topic_title: string;
  readonly excerpt: string;
  readonly username: string;
  readonly topic_id?: number;
  readonly post_number?: number;
}

const MAX = { excerpt: 400, topicTitle: 255, username: 60 } as const;

/**
 * Returns the notification with Discourse’s names. Discourse sends the absolute `url` without `post_url`; both are
 * sent here.
 *
 * @param baseUrl of the site, with its subfolder if it has one
 * @throws TypeError if `postUrl` is not a path on this site: a push must not redirect users elsewhere
 */
export function shapePushNotification(notification: PushNotification, baseUrl: string): PushedNotification {
  const { notificationType, postUrl, topicTitle, excerpt, username, topicId, postNumber } = notification;
  const base = baseUrl.replace(/\/$/, '');
  const { origin } = new URL(base);
  const url = URL.parse(base + postUrl);
  // Both are sent, so `post_url` must stay on the site when a receiver resolves it, too.
  const isOnSite = postUrl.startsWith('/') && URL.parse(postUrl, base)?.origin === origin;
  if (!isOnSite || url?.origin !== origin) throw new TypeError('postUrl must be a path on this site.');
  return {
    notification_type: notificationType,
    ...(postNumber !== undefined && { post_number: postNumber }),
    topic_title: cut(topicTitle, MAX.topicTitle),
    ...(topicId !== undefined && { topic_id: topicId }),
    excerpt: cut(excerpt, MAX.excerpt),
    username: cut(username, MAX.username),
    post_url: postUrl,
    url: url.href,
  };
}

/** By code points, so that the result is well-formed text. */
function cut(text: string, max: number): string {
  const characters = [...text.toWellFormed()];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : text.toWellFormed();
}
