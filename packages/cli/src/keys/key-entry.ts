/** What is known here of a key; the key itself may be kept elsewhere. */
export interface KeyEntry {
  /** Random; the name under which the system keychain keeps the key. */
  readonly id: string;
  readonly site: string;
  /** Given with `--as`; null if the person gave none. */
  readonly name: string | null;
  /** Null if the site did not say. */
  readonly username: string | null;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
  /** Null if the system keychain has it. */
  readonly key: string | null;
}

/** What a person calls this identity: the name they gave it, else their user name there, else this word. */
export const labelOf = ({ name, username }: Pick<KeyEntry, 'name' | 'username'>): string =>
  name ?? username ?? 'unnamed';

/** An identity in words. */
export const describeIdentity = (entry: Pick<KeyEntry, 'name' | 'username' | 'site'>): string =>
  `${labelOf(entry)} on ${entry.site}`;

/**
 * Whether a new key takes the place of an earlier one: the same identity, or, for a login without a name, one that has
 * neither name nor user.
 */
export function isReplacedBy(earlier: KeyEntry, later: KeyEntry): boolean {
  if (earlier.id === later.id || earlier.site !== later.site) return false;
  const isNameless = (entry: KeyEntry) => entry.name === null && entry.username === null;
  return labelOf(earlier) === labelOf(later) || (later.name === null && isNameless(earlier));
}
