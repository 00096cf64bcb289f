import type { ClientStore, RegisteredClient } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { lockFor } from '../database/lock-for.ts';
import { type Query, type Row, statement } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { deleteIconOf } from './client-icons.ts';
import { joinList, splitList } from './rows.ts';

const byId = statement('SELECT * FROM valetkey.user_api_key_clients WHERE client_id = :clientId');
const byKey = statement(
  `SELECT * FROM valetkey.user_api_key_clients WHERE public_key = :publicKey
   ORDER BY created_at, client_id LIMIT 1`,
);
const insert = statement(
  `INSERT INTO valetkey.user_api_key_clients
     (client_id, application_name, public_key, auth_redirect, scopes, created_at, created_from)
   VALUES (:clientId, :applicationName, :publicKey, :authRedirect, :scopes, :createdAt, :createdFrom)
   ON CONFLICT (client_id) DO NOTHING RETURNING client_id`,
);
const countRecent = statement(
  `SELECT count(*) AS count FROM valetkey.user_api_key_clients
   WHERE created_from = :createdFrom AND created_at > :since`,
);
const page = statement(
  `SELECT * FROM valetkey.user_api_key_clients
   WHERE (created_at, client_id) < (:createdAt, :clientId)
   ORDER BY created_at DESC, client_id DESC LIMIT :limit`,
);
const remove = statement('DELETE FROM valetkey.user_api_key_clients WHERE client_id = :clientId RETURNING *');
const countKeys = statement(
  `SELECT client_id, count(*) AS count FROM valetkey.user_api_keys
   WHERE client_id IN (SELECT value FROM json_array_elements_text(CAST(:ids AS json)))
     AND kind = 'app' AND revoked_at IS NULL
     AND (expires_at IS NULL OR expires_at > :now) AND (retires_at IS NULL OR retires_at > :now)
   GROUP BY client_id`,
);

/** The registered clients. */
export function createClients(database: Database): ClientStore {
  async function findOne(query: Query): Promise<RegisteredClient | null> {
    const [row] = await database.run(query);
    return row ? clientFromRow(row) : null;
  }

  return {
    findClient: (clientId) => findOne(byId({ clientId })),
    findClientByPublicKey: (publicKey) => findOne(byKey({ publicKey })),
    registerClient: (client, limit, audit) =>
      database.transaction(function* () {
        const { clientId, createdFrom } = client;
        yield lockFor('ip_address', createdFrom);
        const [existing] = yield byId({ clientId });
        if (existing) return 'already_registered';
        if (limit) {
          const [recent] = yield countRecent({ createdFrom, since: limit.since });
          if (Number(recent?.count) >= limit.max) return 'too_many';
        }
        const [inserted] = yield insert({ ...client, scopes: joinList(client.scopes) });
        if (!inserted) return 'already_registered';
        yield* appendAudit(client, audit);
        return 'registered';
      }),
    async listClients({ after, limit }) {
      // The maximum position, so that the first page uses the same index range.
      const { createdAt, clientId } = after ?? { createdAt: Number.MAX_SAFE_INTEGER, clientId: '' };
      return (await database.run(page({ createdAt, clientId, limit }))).map(clientFromRow);
    },
    deleteClient: (clientId, audit) =>
      database.transaction(function* () {
        const [row] = yield remove({ clientId });
        // After the client: `saveClientIcon` locks in this order.
        yield deleteIconOf({ kind: 'app', clientId });
        const deleted = yield* appendAudit(row ? clientFromRow(row) : null, audit);
        if (deleted) yield* recordChanges('client', [clientId]);
        return deleted;
      }),
    async countActiveKeys(clientIds, now) {
      const rows = await database.run(countKeys({ ids: JSON.stringify(clientIds), now }));
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
