import type { Post } from './data/topic-rows.ts';
import type { RouteContext } from './http/route.ts';
import { authorOf } from './shapes/topic-shape.ts';

type PushParts = Pick<RouteContext, 'forum' | 'valetkey'>;

/** Pushes the notifications of a post to the apps of their users. After a crash, `pushPending` pushes the rest. */
export async function pushPost({ forum, valetkey }: PushParts, post: Post): Promise<void> {
  for (const notification of await forum.notifications.toPush(post.id)) {
    const { userId, type, topicId, topicSlug, topicTitle, postNumber, authorId } = notification;
    await valetkey.notify(String(userId), {
      notificationType: type,
      postUrl: `/t/${topicSlug}/${topicId}/${postNumber}`,
      topicTitle,
      topicId,
      postNumber,
      excerpt: post.raw.replace(/\s+/g, ' '),
      username: authorOf(forum, authorId).username,
    });
  }
  await forum.notifications.markPushed(post.id);
}

/** Pushes, at start, what a crash left unpushed. A notification may be pushed twice, but none is lost. */
export async function pushPending(parts: PushParts): Promise<void> {
  for (const id of await parts.forum.notifications.postsToPush()) {
    const post = await parts.forum.topics.findPost(id);
    if (post) await pushPost(parts, post);
  }
}
