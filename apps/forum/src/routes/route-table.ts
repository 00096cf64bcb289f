import type { Route } from '../http/route.ts';
import { adminRoutes } from './admin.ts';
import { bookmarkRoutes } from './bookmarks.ts';
import { messageBusRoutes } from './message-bus.ts';
import { notificationRoutes } from './notifications.ts';
import { peopleRoutes } from './people.ts';
import { postRoutes } from './posts.ts';
import { sessionRoutes } from './session.ts';
import { siteRoutes } from './site.ts';
import { topicRoutes } from './topics.ts';
import { userStatusRoutes } from './user-status.ts';

/** Every route of the forum, each with its name and with who may use it. The first that matches answers. */
export const ROUTE_TABLE: readonly Route[] = [
  ...siteRoutes,
  ...sessionRoutes,
  ...topicRoutes,
  ...postRoutes,
  ...peopleRoutes,
  ...notificationRoutes,
  ...bookmarkRoutes,
  ...messageBusRoutes,
  ...userStatusRoutes,
  ...adminRoutes,
];
