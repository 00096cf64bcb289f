import type { OauthClientStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { lockFor } from '../database/lock-for.ts';
import { statement } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { deleteIconOf } from './client-icons.ts';
import { oauthClientFromRow } from './oauth-rows.ts';

const byId = statement('SELECT * FROM valetkey.oauth_clients WHERE client_id = :clientId');
const insert = statement(
  `INSERT INTO valetkey.oauth_clients (client_id, kind, name, redirect_uris, post_logout_redirect_uris, secret_hash,
     requires_pkce, created_at, created_by, created_from, blocked_at)
   VALUES (:clientId, :kind, :name, :redirectUris, :postLogoutRedirectUris, :secretHash, :requiresPkce, :createdAt, :createdBy,
     :createdFrom, :blockedAt)
   ON CONFLICT (client_id) DO NOTHING RETURNING client_id`,
);
const countRecent = statement(
  `SELECT count(*) AS count FROM valetkey.oauth_clients
   WHERE kind = 'dynamic' AND created_from = :createdFrom AND created_at >= :since`,
);
const setBlocked = statement(
  'UPDATE valetkey.oauth_clients SET blocked_at = :blockedAt WHERE client_id = :clientId RETURNING *',
);
const remove = statement('DELETE FROM valetkey.oauth_clients WHERE client_id = :clientId RETURNING *');
const page = statement(
  `SELECT * FROM valetkey.oauth_clients WHERE (created_at, client_id) < (:createdAt, :clientId)
   ORDER BY created_at DESC, client_id DESC LIMIT :limit`,
);
const countGrants = statement(
  `SELECT client_id, count(*) AS count FROM valetkey.oauth_grants
   WHERE client_id IN (SELECT value FROM json_array_elements_text(CAST(:ids AS json)))
     AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)
   GROUP BY client_id`,
);
const deleteUnused = statement(
  `DELETE FROM valetkey.oauth_clients WHERE kind = 'dynamic' AND created_at < :before AND blocked_at IS NULL
     AND client_id NOT IN (SELECT client_id FROM valetkey.oauth_grants)`,
);

/** The OAuth clients. */
export function createOauthClients(database: Database): OauthClientStore {
  return {
    async findOauthClient(clientId) {
      const [row] = await database.run(byId({ clientId }));
      return row ? oauthClientFromRow(row) : null;
    },
    saveOauthClient: (client, limit, audit) =>
      database.transaction(function* () {
        const { redirectUris, postLogoutRedirectUris, requiresPkce, ...columns } = client;
        yield lockFor('ip_address', client.createdFrom);
        const [existing] = yield byId({ clientId: client.clientId });
        if (existing) return 'exists';
        if (limit) {
          const [recent] = yield countRecent({ createdFrom: client.createdFrom, since: limit.since });
          if (Number(recent?.count) >= limit.max) return 'too_many';
        }
        const [inserted] = yield insert({
          ...columns,
          redirectUris: JSON.stringify(redirectUris),
          postLogoutRedirectUris: JSON.stringify(postLogoutRedirectUris),
          requiresPkce: requiresPkce ? 1 : 0,
        });
        if (!inserted) return 'exists';
        yield* appendAudit(client, audit);
        return 'saved';
      }),
    setOauthClientBlocked: (clientId, blockedAt, audit) =>
      database.transaction(function* () {
        const [row] = yield setBlocked({ clientId, blockedAt });
        const client = yield* appendAudit(row ? oauthClientFromRow(row) : null, audit);
        if (client) yield* recordChanges('client', [clientId]);
        return client;
      }),
    deleteOauthClient: (clientId, audit) =>
      database.transaction(function* () {
        const [row] = yield remove({ clientId });
        // After the client: `saveClientIcon` locks in this order.
        yield deleteIconOf({ kind: 'oauth', clientId });
        const client = yield* appendAudit(row ? oauthClientFromRow(row) : null, audit);
        if (client) yield* recordChanges('client', [clientId]);
        return client;
      }),
    async listOauthClients({ after, limit }) {
      const { createdAt, clientId } = after ?? { createdAt: Number.MAX_SAFE_INTEGER, clientId: '' };
      return (await database.run(page({ createdAt, clientId, limit }))).map(oauthClientFromRow);
    },
    async countOauthGrants(clientIds, now) {
      const rows = await database.run(countGrants({ ids: JSON.stringify(clientIds), now }));
      return new Map(rows.map((row) => [String(row.client_id), Number(row.count)]));
    },
    async deleteUnusedOauthClients(before) {
      await database.run(deleteUnused({ before }));
    },
  };
}
