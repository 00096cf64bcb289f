import type { Route } from '../http/route.ts';
import { adminRoutes } from './admin.ts';
import { bookmarkRoutes } from './bookmarks.ts';
import { changeTopicRoutes } from './change-topic.ts';
import { messageBusRoutes } from './message-bus.ts';
import { notificationRoutes } from './notifications.ts';
import { postReplyRoutes } from './post-replies.ts';
import { postRoutes } from './posts.ts';
import { sessionRoutes } from './session.ts';
import { siteRoutes } from './site.ts';
import { siteDataRoutes } from './site-data.ts';
import { topicListRoutes } from './topic-lists.ts';
import { topicPostRoutes } from './topic-posts.ts';
import { topicRoutes } from './topics.ts';
import { userActivityRoutes } from './user-activity.ts';
import { userStatusRoutes } from './user-status.ts';
import { userRoutes } from './users.ts';

/** Every route of the forum, with its name and who may use it. The first match responds. */
export const ROUTE_TABLE: readonly Route[] = [
  ...siteRoutes,
  ...siteDataRoutes,
  ...sessionRoutes,
  ...topicListRoutes,
  ...topicPostRoutes,
  ...topicRoutes,
  ...userActivityRoutes,
  ...postReplyRoutes,
  ...postRoutes,
  ...changeTopicRoutes,
  ...userRoutes,
  ...notificationRoutes,
  ...bookmarkRoutes,
  ...messageBusRoutes,
  ...userStatusRoutes,
  ...adminRoutes,
];
