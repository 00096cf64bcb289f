import { digestOfHash } from '../core/key/hash-key.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import type { KeyUses, RemainingUses, UseLimits } from '../core/limits/sliding-windows.ts';
import type { RoutePermission } from '../core/scopes/scope.ts';
import type { KeyLastUsed } from '../ports/key-store.ts';
import {
  KeyTable,
  KNOWN_KEY,
  NONE,
  POWERS,
  PRINCIPAL,
  READY_IN,
  READY_UNTIL,
  refsAt,
  wordsAt,
} from './key-table.ts';
import { KeyUseLogs } from './key-use-logs.ts';
import { createKnownKey, type KnownKey, type StoredKey } from './known-key.ts';
import { createLastUsed, type LastUsed } from './last-used.ts';
import type { Principal } from './verify-result.ts';

interface KeyCacheParts<Stored extends StoredKey> {
  readonly load: (keyHash: string) => Promise<Stored | null>;
  readonly permissionsOf: (record: Stored) => readonly RoutePermission[];
  readonly write: (touches: readonly KeyLastUsed[]) => Promise<void>;
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
  #usersRevision = Number.NaN;
  #generation = 0;

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
    const moment = this.#table.momentOf(now);
    const { words } = this.#table;
    const at = wordsAt(place);
    return (
      (words[at + READY_UNTIL] as number) > moment &&
      words[at + READY_IN] === this.#generationOf(usersRevision)
    );
  }

  /** The key at this place; null if it has changed since it was read. */
  keyAt(place: number): KnownKey<Stored> | null {
    return (this.#table.refs[refsAt(place) + KNOWN_KEY] ?? null) as KnownKey<Stored> | null;
  }

  /** These three are the ready key's, without a look at it. */
  permissionsAt(place: number): readonly RoutePermission[] {
    const set = (this.#table.words[wordsAt(place) + POWERS] as number) >> 1;
    return this.#permissionSets[set] as readonly RoutePermission[];
  }

  hasIpAddressList(place: number): boolean {
    return ((this.#table.words[wordsAt(place) + POWERS] as number) & 1) === 1;
  }

  principalAt(place: number): Principal {
    return this.#table.refs[refsAt(place) + PRINCIPAL] as Principal;
  }

  /** The key from the store, remembered from then on. Unknown keys are never remembered. */
  async load(keyHash: string): Promise<KnownKey<Stored> | null> {
    const changesBefore = this.#changes;
    const record = await this.#parts.load(keyHash);
    if (!record) {
      // Not a change: whoever asks for many unknown keys must not keep the look-ups of others from being remembered.
      this.#drop(keyHash);
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
  markReady(place: number, known: KnownKey<Stored>, now: number, usersRevision: number): void {
    if (this.keyAt(place) !== known || known.isRevoked || !known.principal) return;
    const { refs, words } = this.#table;
    const at = wordsAt(place);
    refs[refsAt(place) + PRINCIPAL] = known.principal;
    words[at + POWERS] = (this.#numberOf(known.permissions) << 1) | (known.ipAddresses ? 1 : 0);
    words[at + READY_UNTIL] = this.#table.momentAhead(known.expiresAt, now);
    words[at + READY_IN] = this.#generationOf(usersRevision);
  }

  /** Counts how often the revision has been another than before: a number that fits into a row, whatever a revision is. */
  #generationOf(usersRevision: number): number {
    if (usersRevision !== this.#usersRevision) {
      this.#usersRevision = usersRevision;
      this.#generation = (this.#generation + 1) | 0;
    }
    return this.#generation;
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
    this.#drop(keyHash);
  }

  #drop(keyHash: string): void {
    const place = this.#table.find(digestOfHash(keyHash));
    if (place === NONE) return;
    this.#table.refs[refsAt(place) + KNOWN_KEY] = null;
    this.#table.words[wordsAt(place) + READY_UNTIL] = 0;
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
