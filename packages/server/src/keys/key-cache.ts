import { digestOfHash } from '../judge/hash-key.ts';
import { KeyUseLogs } from '../limits/key-use-logs.ts';
import type { KeyUses, RemainingUses, UseLimits } from '../limits/sliding-windows.ts';
import type { RoutePermission } from '../scopes/scope.ts';
import type { KeyRecord, KeyTouch } from '../store/store.ts';
import type { Principal } from '../verdict.ts';
import { KeyTable, LIVE_UNTIL, NONE, numbersAt, USERS_REVISION } from './key-table.ts';
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

/** What a place refers to, side by side. */
const HELD = 4;
const [KNOWN, PRINCIPAL, PERMISSIONS, ADDRESSES] = [0, 1, 2, 3] as const;

/**
 * Remembers the keys in use: as numbers in a table, and what those lead to. A key is at its place until another needs
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
  readonly #held: unknown[] = [];
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
    return this.#held[place * HELD + KNOWN] as KnownKey<Stored> | null;
  }

  /** Who the key acts for; only where it is ready. */
  principalAt(place: number): Principal {
    return this.#held[place * HELD + PRINCIPAL] as Principal;
  }

  permissionsAt(place: number): readonly RoutePermission[] {
    return this.#held[place * HELD + PERMISSIONS] as readonly RoutePermission[];
  }

  addressesAt(place: number): KnownKey['addresses'] {
    return this.#held[place * HELD + ADDRESSES] as KnownKey['addresses'];
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
    if (this.#changes === changesBefore) {
      const held = place * HELD;
      this.#held[held + KNOWN] = known;
      this.#held[held + PERMISSIONS] = known.permissions;
      this.#held[held + ADDRESSES] = known.addresses;
    }
    return known;
  }

  /** Where this key is, or from now on will be: requests that came in together share one log of uses. */
  placeOf(digest: string, id: number): number {
    const found = this.#table.find(digest);
    if (found !== NONE) return found;
    const leaving = this.#table.nextPlace;
    this.lastUsed.leave(leaving);
    this.uses.clear(leaving);
    const place = this.#table.add(digest);
    this.#ids[place] = id;
    for (let index = 0; index < HELD; index += 1) this.#held[place * HELD + index] = null;
    return place;
  }

  /** From now on the key at this place needs no look, until its end or the next change of it or of any person. */
  markReady(place: number, known: KnownKey<Stored>, principal: Principal, usersRevision: number): void {
    if (this.keyAt(place) !== known || known.isRevoked) return;
    const at = numbersAt(place);
    this.#held[place * HELD + PRINCIPAL] = principal;
    this.#table.numbers[at + LIVE_UNTIL] = known.expiresAt;
    this.#table.numbers[at + USERS_REVISION] = usersRevision;
  }

  usesOf(digest: string): KeyUses {
    return new UsesOf(this.#table, this.uses, digest);
  }

  /** Call after every change of a key: from then on nothing shows it as it was. The uses stay counted. */
  forget(keyHash: string): void {
    this.#changes += 1;
    const place = this.#table.find(digestOfHash(keyHash));
    if (place === NONE) return;
    this.#held[place * HELD + KNOWN] = null;
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
