import type { ClientIconStore, Icon, IconOwner } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { type Query, statement } from '../database/statement.ts';
import { appendAudit } from './audit.ts';

// Locks the client, so that a concurrent deletion also deletes the new icon.
const lockClient = {
  app: statement(
    `SELECT created_at, NULL AS secret_hash FROM valetkey.user_api_key_clients
     WHERE client_id = :clientId FOR UPDATE`,
  ),
  oauth: statement(
    `SELECT created_at, secret_hash FROM valetkey.oauth_clients
     WHERE client_id = :clientId AND kind = 'registered' FOR UPDATE`,
  ),
};
const upsert = statement(
  `INSERT INTO valetkey.client_icons (kind, client_id, registered_at, has_secret, hash, media_type, content)
   VALUES (:kind, :clientId, :registeredAt, :hasSecret, :hash, :mediaType, :content)
   ON CONFLICT (kind, client_id) DO UPDATE SET registered_at = excluded.registered_at,
     has_secret = excluded.has_secret, hash = excluded.hash, media_type = excluded.media_type, content = excluded.content`,
);
const remove = statement(
  'DELETE FROM valetkey.client_icons WHERE kind = :kind AND client_id = :clientId RETURNING client_id',
);
const ofClients = statement(
  `SELECT client_id, registered_at, has_secret, hash FROM valetkey.client_icons WHERE kind = :kind
     AND client_id IN (SELECT value FROM json_array_elements_text(CAST(:ids AS json)))`,
);
const byHash = statement('SELECT media_type, content FROM valetkey.client_icons WHERE hash = :hash LIMIT 1');

/** Deletes the icon of a client. Yield it in the transaction that deletes the client. */
export const deleteIconOf = ({ kind, clientId }: IconOwner): Query => remove({ kind, clientId });

/** The icons of clients. The content is in Base64, because statements have no binary values. */
export function createClientIcons(database: Database): ClientIconStore {
  return {
    saveClientIcon: (owner, { hash, mediaType, bytes }, audit) =>
      database.transaction(function* () {
        const { kind, clientId } = owner;
        const [client] = yield lockClient[kind]({ clientId });
        if (!client) return false;
        yield upsert({
          kind,
          clientId,
          registeredAt: Number(client.created_at),
          hasSecret: client.secret_hash === null ? 0 : 1,
          hash,
          mediaType,
          content: Buffer.from(bytes).toString('base64'),
        });
        yield* appendAudit(owner, audit);
        return true;
      }),
    deleteClientIcon: (owner, audit) =>
      database.transaction(function* () {
        const [deleted] = yield deleteIconOf(owner);
        if (!deleted) return false;
        yield* appendAudit(owner, audit);
        return true;
      }),
    async listClientIcons(kind, clientIds) {
      const rows = await database.run(ofClients({ kind, ids: JSON.stringify(clientIds) }));
      return rows.map((row) => ({
        kind,
        clientId: String(row.client_id),
        hash: String(row.hash),
        registeredAt: Number(row.registered_at),
        hasSecret: Number(row.has_secret) === 1,
      }));
    },
    async findIcon(hash) {
      const [row] = await database.run(byHash({ hash }));
      if (!row) return null;
      const mediaType = String(row.media_type) as Icon['mediaType'];
      return { hash, mediaType, bytes: Uint8Array.from(Buffer.from(String(row.content), 'base64')) };
    },
  };
}
