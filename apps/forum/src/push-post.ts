import type { Post } from './data/topic-rows.ts';
import type { RouteContext } from './http/route.ts';
import { authorOf } from './shapes/topic-shape.ts';

/** Pushes what this post is told of to the apps of everybody who is told. Once it has answered, a crash loses none. */
export async function pushPost({ forum, valetkey }: RouteContext, post: Post): Promise<void> {
  for (const notification of forum.notifications.ofPost(post.id)) {
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
}
