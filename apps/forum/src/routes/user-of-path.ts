import type { User } from '../data/users.ts';
import { notAllowed, notFound } from '../http/forum-error.ts';
import type { RouteContext, UserContext } from '../http/route.ts';

/** Returns the user named in the path. @throws ForumError 404 */
export function findUser({ forum, parameters }: RouteContext): User {
  const user = forum.users.findByUsername(parameters.username ?? '');
  if (!user) throw notFound();
  return user;
}

/** Rejects a path that names another user, for admins too. @throws ForumError 403, 404 */
export function checkSelf(context: UserContext): void {
  if (findUser(context).id !== context.user.id) throw notAllowed();
}
