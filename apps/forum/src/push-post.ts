import type { Post } from './data/topic-rows.ts';
import type { RouteContext } from './http/route.ts';
import { authorOf } from './shapes/topic-shape.ts';

type Pushing = Pick<RouteContext, 'forum' | 'valetkey'>;

/** Pushes what this post is told of to the apps of everybody who is told. A crash meanwhile loses none: see below. */
export async function pushPost({ forum, valetkey }: Pushing, post: Post): Promise<void> {
  for (const notification of forum.notifications.toPush(post.id)) {
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
  forum.notifications.markPushed(post.id);
}

/** At the start: pushes what a crash left between a post and its push. Rather twice than never. */
export async function pushWhatWasLeft(parts: Pushing): Promise<void> {
  for (const id of parts.forum.notifications.postsToPush()) {
    const post = parts.forum.topics.findPost(id);
    if (post) await pushPost(parts, post);
  }
}
