import type { Site, SiteUser } from '../ports/site.ts';

/** Users by id; those that no longer exist are missing. */
export type LoadedUsers = ReadonlyMap<string, SiteUser>;

/**
 * Loads the users of a list: with one call of `findUsers` where the site has it, else one of `findUser` for each.
 *
 * @param ids may repeat; null stands for nobody
 */
export async function loadUsers(
  ids: Iterable<string | null>,
  site: Pick<Site, 'findUser' | 'findUsers'>,
): Promise<LoadedUsers> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const users = site.findUsers
    ? await site.findUsers(wanted)
    : await Promise.all(wanted.map((id) => site.findUser(id)));
  return new Map(users.flatMap((user) => (user ? [[user.id, user] as const] : [])));
}
