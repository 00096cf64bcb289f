import type { KeyRecord, PersonalKeyStore, RotationOutcome } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { lockFor } from '../database/lock-for.ts';
import { statement, type Work } from '../database/statement.ts';
import { appendAudit } from './audit.ts';
import { recordChanges } from './changes.ts';
import { createKeyRows } from './key-rows.ts';
import { insertKey, isBelowLimit } from './replace-key.ts';
import { keyFromRow } from './rows.ts';

const byId = statement('SELECT * FROM valetkey.user_api_keys WHERE id = :id');
const byIdLocked = statement('SELECT * FROM valetkey.user_api_keys WHERE id = :id FOR UPDATE');
const retire = statement(
  'UPDATE valetkey.user_api_keys SET retires_at = :retiresAt WHERE id = :id RETURNING *',
);

const renew = statement(
  `UPDATE valetkey.user_api_keys SET expires_at = :expiresAt, expiry_reminded_days = NULL
   WHERE id = :id AND kind = 'personal' AND revoked_at IS NULL AND retires_at IS NULL
     AND expires_at > :now AND expires_at < :expiresAt RETURNING *`,
);
// The conditions of `decideReminder`, and those of an active key.
const takeReminders = statement(
  `UPDATE valetkey.user_api_keys
   SET expiry_reminded_days = CASE WHEN expires_at <= :inDay THEN 1 WHEN expires_at <= :inWeek THEN 7 ELSE 30 END
   WHERE id > :afterId AND id <= :lastId
     AND kind = 'personal' AND revoked_at IS NULL AND retires_at IS NULL AND expires_at > :now
     AND ((expires_at <= :inDay AND coalesce(expiry_reminded_days, 99) > 1 AND expires_at - created_at > :day)
       OR (expires_at > :inDay AND expires_at <= :inWeek AND coalesce(expiry_reminded_days, 99) > 7
         AND expires_at - created_at > :week)
       OR (expires_at > :inWeek AND expires_at <= :inMonth AND coalesce(expiry_reminded_days, 99) > 30
         AND expires_at - created_at > :month))
   RETURNING *`,
);
const DAY_MS = 86_400_000;

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
  const rows = createKeyRows(database, 'user_api_keys', keyFromRow);
  return {
    renewKey: (id, { now, expiresAt }, audit) => rows.change(renew({ id, now, expiresAt }), audit),
    async takeExpiryReminders({ now, ...batch }) {
      const [day, week, month] = [DAY_MS, 7 * DAY_MS, 30 * DAY_MS];
      const times = { now, day, week, month, inDay: now + day, inWeek: now + week, inMonth: now + month };
      const { changed, lastId } = await rows.changeBatch(takeReminders, { ...batch, ...times });
      return { keys: changed, lastId };
    },
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
