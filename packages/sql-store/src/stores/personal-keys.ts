import type { KeyRecord, PersonalKeyStore, RotationOutcome } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { lockFor } from '../database/lock-for.ts';
import { statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { insertKey, isBelowLimit } from './replace-key.ts';
import { keyFromRow } from './rows.ts';

const byId = statement('SELECT * FROM valetkey.user_api_keys WHERE id = :id');
const byIdLocked = statement('SELECT * FROM valetkey.user_api_keys WHERE id = :id FOR UPDATE');
const retire = statement(
  'UPDATE valetkey.user_api_keys SET retires_at = :retiresAt WHERE id = :id RETURNING *',
);

/** Locks a key and its user until the transaction ends. Returns the key as it is then; null if there is none. */
export function* lockKey(id: number): Work<KeyRecord | null> {
  const [found] = yield byId({ id });
  if (!found) return null;
  yield lockFor('user', keyFromRow(found).userId);
  const [locked] = yield byIdLocked({ id });
  return locked ? keyFromRow(locked) : null;
}

/** The personal keys. */
export function createPersonalKeys(database: Database): PersonalKeyStore {
  return {
    createPersonalKey: (key, max, audit) =>
      database.transaction(function* () {
        yield lockFor('user', key.userId);
        if (!(yield* isBelowLimit({ userId: key.userId, kind: 'personal' }, key.createdAt, max))) return null;
        return yield* appendAudit(yield* insertKey(key), audit);
      }),
    rotateKey: (id, { keyHash, createdAt, retiresAt }, max, audit) =>
      database.transaction(function* (): Work<RotationOutcome> {
        const old = yield* lockKey(id);
        if (old?.kind !== 'personal') return { kind: 'not_found' };
        if (old.revokedAt !== null) return { kind: 'was_revoked' };
        if (old.retiresAt !== null) return { kind: 'was_rotated' };
        if (retiresAt > createdAt && !(yield* isBelowLimit(old, createdAt, max))) return { kind: 'too_many' };
        const [row = {}] = yield retire({ id, retiresAt });
        const retiring = yield* appendAudit(keyFromRow(row), audit);
        const key = yield* insertKey({ ...old, keyHash, createdAt });
        yield* recordChanges('key', [old.keyHash]);
        return { kind: 'rotated', key, retiring };
      }),
  };
}
