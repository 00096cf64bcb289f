import type { SigningKeyStore } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { lockFor } from '../database/lock-for.ts';
import { statement } from '../database/statement.ts';

const list = statement('SELECT * FROM valetkey.signing_keys ORDER BY created_at DESC, key_id');
const findNewer = statement('SELECT key_id FROM valetkey.signing_keys WHERE created_at > :unlessSince');
const insert = statement(
  `INSERT INTO valetkey.signing_keys (key_id, public_jwk, sealed_private_key, created_at)
   VALUES (:keyId, :publicJwk, :sealedPrivateKey, :createdAt)`,
);
const remove = statement(
  `DELETE FROM valetkey.signing_keys
   WHERE created_at < :createdBefore AND created_at < (SELECT max(created_at) FROM valetkey.signing_keys)`,
);

/** The keys that sign ID tokens. */
export const createSigningKeys = (database: Database): SigningKeyStore => ({
  async listSigningKeys() {
    const rows = await database.run(list());
    return rows.map((row) => ({
      keyId: String(row.key_id),
      publicJwk: String(row.public_jwk),
      sealedPrivateKey: String(row.sealed_private_key),
      createdAt: Number(row.created_at),
    }));
  },
  saveSigningKey: (key, unlessSince) =>
    database.transaction(function* () {
      yield lockFor('signing_key', 'newest');
      const [newer] = yield findNewer({ unlessSince });
      if (newer) return false;
      yield insert({ ...key });
      return true;
    }),
  async deleteSigningKeys(createdBefore) {
    await database.run(remove({ createdBefore }));
  },
});
