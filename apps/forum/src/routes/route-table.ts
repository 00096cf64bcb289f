import type { Route } from '../http/route.ts';
import { adminRoutes } from './admin.ts';
import { bookmarkRoutes } from './bookmarks.ts';
import { messageBusRoutes } from './message-bus.ts';
import { notificationRoutes } from './notifications.ts';
import { postRoutes } from './posts.ts';
import { sessionRoutes } from './session.ts';
import { siteRoutes } from './site.ts';
import { topicRoutes } from './topics.ts';
import { userStatusRoutes } from './user-status.ts';
import { userRoutes } from './users.ts';

/** Every route of the forum, with its name and who may use it. The first match responds. */
export const ROUTE_TABLE: readonly Route[] = [
  ...siteRoutes,
  ...sessionRoutes,
  ...topicRoutes,
  ...postRoutes,
  ...userRoutes,
  ...notificationRoutes,
  ...bookmarkRoutes,
  ...messageBusRoutes,
  ...userStatusRoutes,
  ...adminRoutes,
];
