import type { Notification } from '../data/notifications.ts';
import { invalidParameter } from '../http/forum-error.ts';
import { type Body, readText } from '../http/read-body.ts';
import type { Route, UserContext } from '../http/route.ts';
import { notificationShape } from '../shapes/notification-shape.ts';
import { withTopics } from '../shapes/post-topic.ts';
import { isoTime } from '../shapes/user-shape.ts';

/** The most messages of a channel in one response; the client polls again for the rest. */
const MESSAGES_MAX = 100;

interface Message {
  /** Orders messages of all channels: the id of the post. */
  readonly global_id: number;
  /** Orders messages of one channel: the client sends it with its next poll. */
  readonly message_id: number;
  readonly channel: string;
  readonly data: unknown;
}

interface Channel {
  readonly name: string;
  readonly lastId: number;
  since(id: number): Promise<Message[]>;
}

/** Returns the channels that this user may subscribe to; every other channel is ignored. */
async function channelsOf({ forum, user }: UserContext): Promise<Channel[]> {
  const notifications = `/notification/${user.id}`;
  return [
    {
      name: notifications,
      lastId: await forum.notifications.lastId(user.id),
      async since(id) {
        const unread = await forum.notifications.unreadCount(user.id);
        const { lastReadId } = await forum.notifications.counts(user.id);
        const found = await forum.notifications.since(user.id, id, MESSAGES_MAX);
        // A notice has no post. It stays behind the notification before it.
        let postId = 0;
        const globalIdOf = (each: Notification) => {
          if (each.notice === null) postId = Math.max(postId, each.postId);
          return postId;
        };
        return found.map((notification) => ({
          global_id: globalIdOf(notification),
          message_id: notification.id,
          channel: notifications,
          data: {
            unread_notifications: unread,
            unread_high_priority_notifications: 0,
            seen_notification_id: lastReadId,
            last_notification: { notification: notificationShape(forum, notification) },
          },
        }));
      },
    },
    {
      name: '/latest',
      lastId: await forum.topics.lastPostId(),
      async since(id) {
        const found = await withTopics(forum, await forum.topics.postsSince(id, MESSAGES_MAX));
        return found.map(({ post, topic }) => ({
          global_id: post.id,
          message_id: post.id,
          channel: '/latest',
          data: {
            topic_id: post.topicId,
            message_type: 'latest',
            payload: {
              bumped_at: isoTime(post.createdAt),
              category_id: topic.categoryId,
              archetype: 'regular',
            },
          },
        }));
      },
    },
  ];
}

/** Returns the last message id that the client has; -1 for new messages only; null if it did not subscribe. */
function readLastId(body: Body, channel: string): number | null {
  const text = readText(body, channel);
  if (text === '') return null;
  if (!/^(?:-1|\d{1,15})$/.test(text))
    throw invalidParameter(
      `The parameter ${channel} must be the id of the last message that you have, or -1.`,
    );
  return Number(text);
}

/** Returns the messages since the last poll at once, without long polling. */
async function poll(context: UserContext): Promise<Message[]> {
  const messages: Message[] = [];
  const status: Record<string, number> = {};
  for (const channel of await channelsOf(context)) {
    const known = readLastId(context.body, channel.name);
    if (known === null) continue;
    // An id above the last one comes from another forum, or from an older copy of this one.
    if (known < 0 || known > channel.lastId) status[channel.name] = channel.lastId;
    else messages.push(...(await channel.since(known)));
  }
  messages.sort((a, b) => a.global_id - b.global_id);
  if (Object.keys(status).length > 0)
    messages.push({ global_id: -1, message_id: -1, channel: '/__status', data: status });
  return messages;
}

export const messageBusRoutes: readonly Route[] = [
  {
    name: 'message_bus#poll',
    method: 'POST',
    path: '/message-bus/:id{[a-zA-Z0-9_-]+}/poll',
    who: 'user',
    json: poll,
  },
];
