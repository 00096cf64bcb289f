import { ValetkeyError } from '@valetkey/protocol';
import type { Client } from 'pg';
import type { Row } from '../database/statement.ts';
import { createSend, type Send } from './postgres-database.ts';
import { toStoreError } from './postgres-errors.ts';

/** The number of the last change, and the changes after a cursor. */
export interface ReadChanges {
  /** Names the server process. Behind pgbouncer, a connection survives a failover to another server. */
  readonly server: string;
  readonly counter: number;
  readonly rows: readonly Row[];
}

/** The connection of a feed. After an error it connects again with the next read. */
export interface ChangeConnection {
  /** Whether the next read uses the connection of the last one. A new one may lead to another server. */
  isOpen(): boolean;
  /** @throws ValetkeyError `store_unavailable` */
  read(cursor: number): Promise<ReadChanges>;
  close(): Promise<void>;
}

/** The longest that connecting or a read may take: the lease of a later answer would have ended. */
export const READ_TIMEOUT_MS = 2_000;

/** One statement, so that counter and changes are from one snapshot. */
const READ = `
  SELECT CAST(pg_is_in_recovery() AS int) AS is_standby, CAST(pg_postmaster_start_time() AS text) AS server,
    counter.number AS counter, change.number, change.kind, change.id
  FROM valetkey.change_counter AS counter
  LEFT JOIN valetkey.changes AS change ON change.number > $1
  ORDER BY change.number`;

/** @param onWake called when a change was committed, with the text of the notification: any user of the database can send one */
export function createChangeConnection(
  createClient: () => Client,
  onWake: (text: string | undefined) => void,
): ChangeConnection {
  let open: { readonly client: Client; readonly send: Send } | null = null;

  function drop(client: Client): void {
    if (open?.client === client) open = null;
    client.end().catch(() => {});
  }

  async function connect(): Promise<{ readonly client: Client; readonly send: Send }> {
    const client = createClient();
    // Without a listener, an error of the connection would end the process.
    client.on('error', () => drop(client));
    client.on('end', () => drop(client));
    client.on('notification', ({ payload }) => onWake(payload));
    try {
      await client.connect();
    } catch (error) {
      drop(client);
      throw toStoreError(error);
    }
    return { client, send: createSend(client, READ_TIMEOUT_MS) };
  }

  return {
    isOpen: () => open !== null,
    async read(cursor) {
      const used = open ?? (await connect());
      try {
        if (open === null) await used.send('LISTEN valetkey_changes');
        const rows = await used.send(READ, [cursor]);
        const [first] = rows;
        if (first?.is_standby !== 0) throw new ValetkeyError('store_unavailable');
        open = used;
        return {
          server: String(first.server),
          counter: Number(first.counter),
          rows: rows.filter(({ number }) => number !== null),
        };
      } catch (error) {
        drop(used.client);
        throw error;
      }
    },
    async close() {
      if (open) drop(open.client);
    },
  };
}
