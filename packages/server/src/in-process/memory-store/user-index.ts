interface OwnedKey {
  readonly id: number;
  readonly userId: string;
}

/** The ids of keys by user. */
export interface UserIndex {
  add(key: OwnedKey): void;
  remove(key: OwnedKey): void;
  /** Returns them in the order in which they were added. */
  idsOf(userId: string): number[];
}

export function createUserIndex(): UserIndex {
  const byUser = new Map<string, Set<number>>();
  return {
    add({ id, userId }) {
      const ids = byUser.get(userId);
      if (ids) ids.add(id);
      else byUser.set(userId, new Set([id]));
    },
    remove({ id, userId }) {
      const ids = byUser.get(userId);
      if (ids?.delete(id) && ids.size === 0) byUser.delete(userId);
    },
    idsOf: (userId) => [...(byUser.get(userId) ?? [])],
  };
}
