import { ValetkeyError } from '@valetkey/protocol';
import type { Change, ChangeFeed } from '@valetkey/server';
import type { Client } from 'pg';
import type { Database } from '../database/database.ts';
import { parseHint } from '../stores/change-hint.ts';
import { recordChanges } from '../stores/changes.ts';
import { createChangeConnection } from './change-connection.ts';
import { decideDelivery } from './decide-delivery.ts';
import { type Clocks, createLease } from './lease.ts';

/** How long caches may be used after the last successful read was sent. */
const LEASE_MS = 2_000;

/** How often the changes are read without a notification. */
const READ_EVERY_MS = 500;

/**
 * After this many regular reads in turn without an answer, requests are rejected when the lease has ended, without another
 * read. Counted and not timed: after a pause of the process, one read is due.
 */
const MAX_FAILED_READS = 3;

interface FeedParts extends Clocks {
  readonly database: Database;
  /** Creates a client of the primary server, not connected. `LISTEN` needs a connection without pgbouncer. */
  readonly createClient: () => Client;
  /** The kinds of changes that the store records with the change itself. */
  readonly recorded: ReadonlySet<Change['kind']>;
}

/** A feed that reads the changes from PostgreSQL. */
export interface PostgresChangeFeed extends Required<ChangeFeed> {
  close(): Promise<void>;
}

/**
 * Creates the feed of a store. A notification only tells the feed to read, so a lost notification loses no change. Changed
 * keys that a notification names are delivered twice: at once, and by the read. The feed connects with the first
 * subscription.
 */
export function createPostgresChangeFeed(parts: FeedParts): PostgresChangeFeed {
  const lease = createLease(LEASE_MS, parts);
  const subscribers = new Set<{ readonly onChange: (change: Change) => void; readonly onGap: () => void }>();
  const connection = createChangeConnection(parts.createClient, (text) => {
    // Sooner than the read, which delivers them again: the hint may be from anybody.
    deliver(parseHint(text));
    void readAgain();
  });
  /** The last delivered change. Its number means nothing on another server, which may lack the last changes. */
  let cursor: { readonly server: string; readonly number: number } | null = null;
  let reading: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  /** Whether the caches were dropped because the lease has ended. */
  let isLost = true;
  /** Regular reads since the last answer. */
  let failedReads = 0;
  let isClosed = false;

  async function read(): Promise<void> {
    if (!connection.isOpen()) cursor = null;
    const sentAt = lease.now();
    const { server, counter, rows } = await connection.read(cursor?.number ?? Number.MAX_SAFE_INTEGER);
    const known = cursor?.server === server ? cursor.number : null;
    const delivery = decideDelivery(known, counter, rows);
    cursor = { server, number: counter };
    if (delivery.kind === 'gap') forgetAll();
    else deliver(delivery.changes);
    // Last, so that caches are current when the lease is valid.
    if (isClosed) return;
    lease.renew(sentAt);
    isLost = false;
    failedReads = 0;
  }

  function deliver(changes: readonly Change[]): void {
    for (const change of changes) for (const { onChange } of [...subscribers]) onChange(change);
  }

  function forgetAll(): void {
    for (const { onGap } of [...subscribers]) onGap();
  }

  /** Reads once at a time: all who ask meanwhile share the read. */
  function readShared(): Promise<void> {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  }

  /** Reads after the read that is running, which may have been sent before the change. */
  async function readAgain(): Promise<void> {
    await reading?.catch(() => {});
    await readShared().catch(() => {});
  }

  /** Drops the caches once when the lease has ended, so that subscribers check long connections. */
  async function readRegularly(): Promise<void> {
    failedReads += 1;
    await readShared().catch(() => {});
    if (isLost || lease.isValid()) return;
    isLost = true;
    forgetAll();
  }

  function rejectWhenLost(): void {
    if (failedReads >= MAX_FAILED_READS && !lease.isValid()) throw new ValetkeyError('store_unavailable');
  }

  return {
    async publish(change) {
      if (parts.recorded.has(change.kind)) return;
      await parts.database.transaction(() => recordChanges(change.kind, [change.id]));
    },
    subscribe(onChange, onGap) {
      // Wrapped, so that one function can subscribe twice.
      const subscriber = { onChange, onGap };
      subscribers.add(subscriber);
      if (timer === undefined) {
        timer = setInterval(() => void readRegularly(), READ_EVERY_MS).unref();
        void readRegularly();
      }
      return () => void subscribers.delete(subscriber);
    },
    isCurrent: () => lease.isValid(),
    lagMs: () => lease.ageMs(),
    async catchUp() {
      rejectWhenLost();
      // After a pause, a read that is running may be too old, and an open connection may have ended: both are tried again.
      const isOpen = connection.isOpen();
      await readShared().catch((error: unknown) => {
        if (!isOpen) throw error;
      });
      rejectWhenLost();
      if (!lease.isValid()) await readShared();
      if (!lease.isValid()) throw new ValetkeyError('store_unavailable');
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      lease.end();
      await reading?.catch(() => {});
      await connection.close();
    },
  };
}
