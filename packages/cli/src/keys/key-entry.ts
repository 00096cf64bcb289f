/** A key as listed in the key file. The key itself may be in the keychain. */
export interface KeyEntry {
  /** Random; the name of the key in the system keychain. */
  readonly id: string;
  readonly site: string;
  /** Given with `--as`; null if not given. */
  readonly name: string | null;
  /** Null if the site did not tell. */
  readonly username: string | null;
  /** Null if the key was not obtained here. Then no client id is sent. */
  readonly clientId: string | null;
  readonly scopes: readonly string[];
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
  /** Null if the system keychain has it. */
  readonly key: string | null;
}

/** Returns the name of an identity: the given name, otherwise the user name, otherwise `unnamed`. */
export const labelOf = ({ name, username }: Pick<KeyEntry, 'name' | 'username'>): string =>
  name ?? username ?? 'unnamed';

/** Returns the identity and its site as text. */
export const describeIdentity = (entry: Pick<KeyEntry, 'name' | 'username' | 'site'>): string =>
  `${labelOf(entry)} on ${entry.site}`;

/**
 * Whether a new key replaces an earlier one: both have the same identity, or the new one was not named and the
 * earlier one has neither name nor user.
 */
export function isReplacedBy(earlier: KeyEntry, later: KeyEntry): boolean {
  if (earlier.id === later.id || earlier.site !== later.site) return false;
  const isNameless = (entry: KeyEntry) => entry.name === null && entry.username === null;
  return labelOf(earlier) === labelOf(later) || (later.name === null && isNameless(earlier));
}
