import type { User } from '../data/users.ts';
import { notAllowed, notFound } from '../http/forum-error.ts';
import type { RouteContext, UserContext } from '../http/route.ts';

/** The person of the path's `username`. */
export function findUser({ forum, parameters }: RouteContext): User {
  const user = forum.users.findByUsername(parameters.username ?? '');
  if (!user) throw notFound();
  return user;
}

/** The person of the path has to be the one who asks, whoever that is. */
export function checkSelf(context: UserContext): void {
  if (findUser(context).id !== context.user.id) throw notAllowed();
}
