import type { DatabaseSync } from 'node:sqlite';
import type { ClientStore, RegisteredClient } from '@valetkey/server';
import { inTransaction } from './open-database.ts';
import { joinList, type Row, splitList } from './rows.ts';
import { createAuditAppender } from './sqlite-audit.ts';

/** The registered clients in SQLite. */
export function createSqliteClients(database: DatabaseSync): ClientStore {
  const sql = (text: string) => database.prepare(text);
  const appendAudit = createAuditAppender(database);

  const byId = sql('SELECT * FROM user_api_key_clients WHERE client_id = ?');
  const byKey = sql('SELECT * FROM user_api_key_clients WHERE public_key = ?');
  const insert = sql('INSERT INTO user_api_key_clients VALUES (?, ?, ?, ?, ?, ?, ?)');
  const countRecent = sql(
    'SELECT count(*) AS count FROM user_api_key_clients WHERE created_from = ? AND created_at > ?',
  );
  const page = sql(
    `SELECT * FROM user_api_key_clients
     WHERE (created_at, client_id) < (?, ?)
     ORDER BY created_at DESC, client_id DESC LIMIT ?`,
  );
  const remove = sql('DELETE FROM user_api_key_clients WHERE client_id = ? RETURNING *');
  const countKeys = sql(
    `SELECT client_id, count(*) AS count FROM user_api_keys
     WHERE client_id IN (SELECT value FROM json_each(:ids)) AND kind = 'app' AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > :now) AND (retires_at IS NULL OR retires_at > :now)
     GROUP BY client_id`,
  );
  const clientOrNull = (row: Row | undefined) => (row ? clientFromRow(row) : null);

  return {
    async findClient(clientId) {
      return clientOrNull(byId.get(clientId));
    },
    async findClientByPublicKey(publicKey) {
      return clientOrNull(byKey.get(publicKey));
    },
    async registerClient(client, limit, audit) {
      return inTransaction(database, () => {
        const { clientId, applicationName, publicKey, authRedirect, scopes, createdAt, createdFrom } = client;
        if (byId.get(clientId)) return 'already_registered';
        if (limit && Number(countRecent.get(createdFrom, limit.since)?.count) >= limit.max) return 'too_many';
        const list = joinList(scopes);
        insert.run(clientId, applicationName, publicKey, authRedirect, list, createdAt, createdFrom);
        appendAudit(client, audit);
        return 'registered';
      });
    },
    async listClients({ after, limit }) {
      // The maximum position, so that the first page uses the same index range.
      const { createdAt, clientId } = after ?? { createdAt: Number.MAX_SAFE_INTEGER, clientId: '' };
      return page.all(createdAt, clientId, limit).map(clientFromRow);
    },
    async deleteClient(clientId, audit) {
      return inTransaction(database, () => appendAudit(clientOrNull(remove.get(clientId)), audit));
    },
    async countActiveKeys(clientIds, now) {
      const rows = countKeys.all({ ids: JSON.stringify(clientIds), now });
      return new Map(rows.map((row) => [String(row.client_id), Number(row.count)]));
    },
  };
}

function clientFromRow(row: Row): RegisteredClient {
  return {
    clientId: String(row.client_id),
    applicationName: String(row.application_name),
    publicKey: String(row.public_key),
    authRedirect: String(row.auth_redirect),
    scopes: splitList(String(row.scopes)),
    createdAt: Number(row.created_at),
    createdFrom: String(row.created_from),
  };
}
