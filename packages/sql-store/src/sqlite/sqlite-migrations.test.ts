import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { migrations } from '../schema/migrations.ts';
import { createSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a site stored, by the version that created the table. */
const ROWS: ReadonlyMap<number, string> = new Map([
  [
    1,
    `INSERT INTO user_api_keys (key_hash, user_id, kind, client_id, application_name, scopes, is_url_key, created_at)
       VALUES ('key', 'alice', 'personal', 'c', 'An app', 'read,write', 0, 1);
     INSERT INTO user_api_key_clients VALUES ('client', 'An app', 'PEM', 'myapp://callback', 'read', 1, '192.0.2.9');
     INSERT INTO one_time_passwords VALUES ('password', 'alice', 99);
     INSERT INTO settings VALUES ('cors_origins', 'https://app.example');`,
  ],
  [
    2,
    `INSERT INTO admin_api_keys (key_hash, truncated_key, description, scope_mode, scopes, created_by, created_at)
       VALUES ('admin key', 'a1b2', 'A script', 'global', '[]', 'admin', 1);`,
  ],
  [
    3,
    `INSERT INTO audit_events (at, action, actor_id, owner_id, key_id, subject, address)
       VALUES (1, 'key_approved', 'alice', 'alice', 1, 'An app', '192.0.2.7');`,
  ],
  [
    6,
    `INSERT INTO push_targets (push_url) VALUES ('https://push.example/');
     INSERT INTO queued_pushes (delivery_id, push_url, user_id, key_ids, notification, created_at)
       VALUES ('delivery', 'https://push.example/', 'alice', '[1]', '{}', 1);`,
  ],
  [
    8,
    `INSERT INTO device_grants (device_code_hash, user_code_hash, request_token_hash, client_id, state, request, created_at, created_from, expires_at)
       VALUES ('device', 'user', 'token', 'c', 'pending', '{}', 1, '192.0.2.7', 99);`,
  ],
]);

function createDatabase(version: number): string {
  const path = join(folder, `${version}.sqlite`);
  const database = new DatabaseSync(path);
  for (let applied = 1; applied <= version; applied += 1) {
    database.exec(migrations[applied - 1] ?? '');
    database.exec(ROWS.get(applied) ?? '');
  }
  if (version >= 1) {
    database.exec(
      `UPDATE user_api_keys SET last_used_at = 5, ${version < 11 ? 'last_used_address' : 'last_used_ip_address'} = '192.0.2.7',
         ${version < 11 ? 'last_used_agent' : 'last_used_user_agent'} = 'An agent'`,
    );
  }
  if (version >= 5) {
    const column = version < 11 ? 'allowed_addresses' : 'allowed_ip_addresses';
    database.exec(`UPDATE user_api_keys SET ${column} = '192.0.2.0/24'`);
  }
  database.exec(`PRAGMA user_version=${version}`);
  database.close();
  return path;
}

const versions = migrations.map((_, index) => index + 1);

test.each(versions)('createSqliteStore: keeps all records of schema version %i', async (version) => {
  const store = createSqliteStore({ path: createDatabase(version) });
  const key = await store.findKeyByHash('key');
  expect(key).toMatchObject({
    userId: 'alice',
    scopes: ['read', 'write'],
    lastUsedAt: 5,
    lastUsedIpAddress: '192.0.2.7',
    lastUsedUserAgent: 'An agent',
    allowedIpAddresses: version >= 5 ? ['192.0.2.0/24'] : null,
    retiresAt: null,
    revokedAt: null,
    restoredAt: null,
  });
  expect(await store.findClient('client')).toMatchObject({ createdFrom: '192.0.2.9' });
  // Passwords from before they were tied to a key have ended.
  expect(await store.findOneTimePassword('password', 50)).toBeNull();
  expect(await store.listSettings()).toEqual(new Map([['cors_origins', 'https://app.example']]));
  expect(await store.listAdminKeys()).toMatchObject(
    version >= 2 ? [{ keyHash: 'admin key', restoredAt: null }] : [],
  );
  expect(await store.listAuditEvents({ beforeId: null, limit: 9 })).toMatchObject(
    version >= 3 ? [{ action: 'key_approved', ipAddress: '192.0.2.7' }] : [],
  );
  const push = await store.claimPush({ now: 5, leasedUntil: 9 });
  expect(push?.deliveryId ?? null).toBe(version >= 6 ? 'delivery' : null);
  const grant = await store.findGrant('deviceCode', 'device', 50);
  expect(grant?.state ?? null).toBe(version >= 8 ? 'pending' : null);
  // The migrated rows can change: the unique index and the new columns work.
  const successor = { keyHash: 'successor', createdAt: 5, retiresAt: 9 };
  expect((await store.rotateKey(key?.id ?? 0, successor, 9)).kind).toBe('rotated');
  await store.close();
});

test('createSqliteStore: refuses a database of a newer version, and unlocks it', () => {
  const path = join(folder, 'newer.sqlite');
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version=999');
  expect(() => createSqliteStore({ path })).toThrow(/newer version/);
  database.exec('PRAGMA user_version=0');
  database.close();
  return createSqliteStore({ path }).close();
});
