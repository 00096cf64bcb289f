/** What a site raises for one of its people, as it is pushed to their apps (PROTOCOL.md section 11). */
export interface PushNotification {
  /** Discourse's number: 1 mentioned, 2 replied, 5 liked, 9 posted, … */
  readonly notificationType: number;
  /** Path on the site, without its subfolder: `/t/plums/7/2`. */
  readonly postUrl: string;
  readonly topicTitle: string;
  /** Plain text; what is longer than 400 characters is cut off, as Discourse does. */
  readonly excerpt: string;
  /** Who did it. */
  readonly username: string;
  readonly topicId?: number | undefined;
  readonly postNumber?: number | undefined;
}

/** The same on the wire, but for the `client_id` that each app gets its own copy with. */
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
 * The notification with Discourse's names. Discourse sends the absolute `url` and keeps `post_url` to itself; both go out.
 *
 * @param baseUrl the site's, with its subfolder if it has one
 * @throws TypeError if `postUrl` does not lead to this site: a push must not carry people elsewhere
 */
export function shapePushNotification(notification: PushNotification, baseUrl: string): PushedNotification {
  const { notificationType, postUrl, topicTitle, excerpt, username, topicId, postNumber } = notification;
  const base = baseUrl.replace(/\/$/, '');
  const { origin } = new URL(base);
  const url = URL.parse(base + postUrl);
  // Both readings, because both go out: what a receiver makes of `post_url` must be on the site as well.
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

/** By characters and not by halves of them: what is left is well-formed text. */
function cut(text: string, max: number): string {
  const characters = [...text.toWellFormed()];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : text.toWellFormed();
}
