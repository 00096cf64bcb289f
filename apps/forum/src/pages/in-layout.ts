import type { RouteContext } from '../http/route.ts';
import { type Html, layout } from './layout.ts';

type Reader = Pick<RouteContext, 'forum' | 'user' | 'session'>;

/** Renders a page for the reader of a request, with the number of unread notifications. */
export async function inLayout(
  { forum, user, session }: Reader,
  title: string,
  content: Html,
): Promise<Html> {
  const isSignedIn = user !== null && session !== null;
  const unreadCount = isSignedIn ? await forum.notifications.unreadCount(user.id) : 0;
  return layout({ title, content, user, csrfToken: session?.csrfToken ?? null, unreadCount });
}
