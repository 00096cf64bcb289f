import { digestOfHash } from '../judge/hash-key.ts';
import { KeyUseLogs } from '../limits/key-use-logs.ts';
import type { KeyUses, RemainingUses, UseLimits } from '../limits/sliding-windows.ts';
import type { RoutePermission } from '../scopes/scope.ts';
import type { KeyRecord, KeyTouch } from '../store/store.ts';
import type { Principal } from '../verdict.ts';
import {
  HAS_ADDRESS_LIST,
  KeyTable,
  KNOWN_KEY,
  LIVE_UNTIL,
  NONE,
  numbersAt,
  PERMISSION_SET,
  PRINCIPAL,
  refsAt,
  USERS_REVISION,
  wordsAt,
} from './key-table.ts';
import { createKnownKey, type KnownKey, type StoredKey } from './known-key.ts';
import { createLastUsed, type LastUsed } from './last-used.ts';

interface KeyCacheParts<Stored extends StoredKey> {
  readonly load: (keyHash: string) => Promise<Stored | null>;
  readonly permissionsOf: (record: Stored) => readonly RoutePermission[];
  readonly write: (touches: readonly KeyTouch[]) => Promise<void>;
  /** How long a use counts; see `KeyUseLogs`. */
  readonly rememberedMs?: number;
  readonly capacity?: number;
}

/**
 * Remembers the keys in use: as numbers in a table, and beside it what they lead to. A key is at its place until another needs
 * it, so a place is good for one turn of the program: after every `await` it is asked for again.
 *
 * The race to lose: a look-up reads the record, the key is revoked and forgotten, then the look-up stores what it
 * read, and the dead key lives on in memory. So what a look-up brings back after any `forget` is used once, not kept.
 */
export class KeyCache<Stored extends StoredKey = KeyRecord> {
  readonly uses: KeyUseLogs;
  readonly lastUsed: LastUsed;
  readonly #parts: KeyCacheParts<Stored>;
  readonly #table: KeyTable;
  /** What ready keys may do, each set once, by the number that their places have. */
  readonly #permissionSets: (readonly RoutePermission[])[] = [];
  readonly #permissionNumbers = new Map<readonly RoutePermission[], number>();
  /** The last id at each place: last-used is written by it, also when the key itself has been forgotten. */
  readonly #ids: number[] = [];
  #changes = 0;

  constructor(parts: KeyCacheParts<Stored>) {
    this.#parts = parts;
    this.#table = new KeyTable(parts.capacity ?? 200_000);
    this.uses = new KeyUseLogs(this.#table, parts.rememberedMs);
    const idAt = (place: number) => this.#ids[place] as number;
    this.lastUsed = createLastUsed({ table: this.#table, idAt, write: parts.write });
  }

  /** @param digest `digestKey` of the key */
  find(digest: string): number {
    return this.#table.find(digest);
  }

  /** Whether everything about the key at this place was found good, and still is by the site's count of changes. */
  isReady(place: number, now: number, usersRevision: number): boolean {
    const { numbers } = this.#table;
    const at = numbersAt(place);
    return (numbers[at + LIVE_UNTIL] as number) > now && numbers[at + USERS_REVISION] === usersRevision;
  }

  /** The key at this place; null if it has changed since it was read. */
  keyAt(place: number): KnownKey<Stored> | null {
    return (this.#table.refs[refsAt(place) + KNOWN_KEY] ?? null) as KnownKey<Stored> | null;
  }

  /** These three are the ready key's, without a look at it. */
  permissionsAt(place: number): readonly RoutePermission[] {
    const set = this.#table.words[wordsAt(place) + PERMISSION_SET] as number;
    return this.#permissionSets[set] as readonly RoutePermission[];
  }

  addressesAt(place: number): KnownKey['addresses'] {
    const hasList = this.#table.words[wordsAt(place) + HAS_ADDRESS_LIST] !== 0;
    return hasList ? (this.keyAt(place) as KnownKey<Stored>).addresses : null;
  }

  principalAt(place: number): Principal {
    return this.#table.refs[refsAt(place) + PRINCIPAL] as Principal;
  }

  /** The key from the store, remembered from then on. Unknown keys are never remembered. */
  async load(keyHash: string): Promise<KnownKey<Stored> | null> {
    const changesBefore = this.#changes;
    const record = await this.#parts.load(keyHash);
    if (!record) {
      this.forget(keyHash);
      return null;
    }
    const known = createKnownKey(record, this.#parts.permissionsOf(record));
    const place = this.placeOf(digestOfHash(keyHash), record.id);
    if (this.#changes === changesBefore) this.#table.refs[refsAt(place) + KNOWN_KEY] = known;
    return known;
  }

  /** Where this key is, or from now on will be: requests that came in together share one log of uses. */
  placeOf(digest: string, id: number): number {
    const found = this.#table.find(digest);
    if (found !== NONE) return found;
    const leaving = this.#table.leavingPlace;
    if (leaving !== NONE) {
      this.lastUsed.leave(leaving);
      this.uses.clear(leaving);
    }
    const place = this.#table.add(digest);
    this.#ids[place] = id;
    return place;
  }

  /** From now on the key at this place needs no look, until its end or the next change of it or of any person. */
  markReady(place: number, known: KnownKey<Stored>, usersRevision: number): void {
    if (this.keyAt(place) !== known || known.isRevoked || !known.principal) return;
    const { refs, words, numbers } = this.#table;
    refs[refsAt(place) + PRINCIPAL] = known.principal;
    words[wordsAt(place) + PERMISSION_SET] = this.#numberOf(known.permissions);
    words[wordsAt(place) + HAS_ADDRESS_LIST] = known.addresses ? 1 : 0;
    numbers[numbersAt(place) + LIVE_UNTIL] = known.expiresAt;
    numbers[numbersAt(place) + USERS_REVISION] = usersRevision;
  }

  #numberOf(permissions: readonly RoutePermission[]): number {
    const known = this.#permissionNumbers.get(permissions);
    if (known !== undefined) return known;
    const number = this.#permissionSets.push(permissions) - 1;
    this.#permissionNumbers.set(permissions, number);
    return number;
  }

  usesOf(digest: string): KeyUses {
    return new UsesOf(this.#table, this.uses, digest);
  }

  /** Call after every change of a key: from then on nothing shows it as it was. The uses stay counted. */
  forget(keyHash: string): void {
    this.#changes += 1;
    const place = this.#table.find(digestOfHash(keyHash));
    if (place === NONE) return;
    this.#table.refs[refsAt(place) + KNOWN_KEY] = null;
    this.#table.numbers[numbersAt(place) + LIVE_UNTIL] = 0;
  }
}

class UsesOf implements KeyUses {
  readonly #table: KeyTable;
  readonly #uses: KeyUseLogs;
  readonly #digest: string;

  constructor(table: KeyTable, uses: KeyUseLogs, digest: string) {
    this.#table = table;
    this.#uses = uses;
    this.#digest = digest;
  }

  remaining(now: number, limits: UseLimits): RemainingUses {
    return this.#uses.remaining(this.#table.find(this.#digest), now, limits);
  }
}
