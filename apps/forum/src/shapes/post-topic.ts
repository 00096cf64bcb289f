import type { Post, Topic } from '../data/topic-rows.ts';
import type { User } from '../data/users.ts';
import type { Forum } from '../forum-parts.ts';
import { escapeHtml } from './cook.ts';
import { postShape } from './topic-shape.ts';

/** A post with its topic. */
export interface PostInTopic {
  readonly post: Post;
  readonly topic: Topic;
}

/** Returns the posts with their topics, without those of deleted topics. */
export async function withTopics(forum: Forum, posts: readonly Post[]): Promise<PostInTopic[]> {
  const topics = new Map<number, Topic | null>();
  for (const id of new Set(posts.map(({ topicId }) => topicId))) topics.set(id, await forum.topics.find(id));
  return posts.flatMap((post) => {
    const topic = topics.get(post.topicId);
    return topic ? [{ post, topic }] : [];
  });
}

/** A post of `/posts.json`: with the title of its topic. */
export const latestPostShape = (forum: Forum, { post, topic }: PostInTopic, user: User | null) => ({
  ...postShape(forum, post, topic, user),
  topic_title: topic.title,
  topic_html_title: escapeHtml(topic.title),
  category_id: topic.categoryId,
});
