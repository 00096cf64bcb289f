import type { Site, SiteUser } from '../ports/site.ts';

/** Users by id; deleted users are missing. */
export type LoadedUsers = ReadonlyMap<string, SiteUser>;

/**
 * Loads several users: with one call of `findUsers` if the site has it, else with `findUser` for each.
 *
 * @param ids may contain duplicates; null entries are ignored
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
