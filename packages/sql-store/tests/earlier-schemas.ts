import type { Store } from '@valetkey/server';
import { expect } from 'vitest';
import { migrations } from '../src/schema/migrations.ts';

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

/** The numbers of all schema versions. */
export const versions = migrations.map((_, index) => index + 1);

/** Returns the migrations up to a version, each followed by the rows of a site. */
export function createEarlierSchema(version: number): { migration: string; rows: string }[] {
  const steps = migrations.slice(0, version).map((migration, index) => ({
    migration,
    rows: ROWS.get(index + 1) ?? '',
  }));
  const [ipAddress, userAgent, allowed] =
    version < 11
      ? ['last_used_address', 'last_used_agent', 'allowed_addresses']
      : ['last_used_ip_address', 'last_used_user_agent', 'allowed_ip_addresses'];
  const used = `UPDATE user_api_keys SET last_used_at = 5, ${ipAddress} = '192.0.2.7', ${userAgent} = 'An agent'`;
  const restricted = version >= 5 ? `, ${allowed} = '192.0.2.0/24'` : '';
  return [...steps, { migration: '', rows: used + restricted }];
}

/** Checks that a store has all rows of an earlier schema, and can change them. */
export async function checkMigrated(store: Store, version: number): Promise<void> {
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
  const icon = { hash: 'hash', mediaType: 'image/png', bytes: Uint8Array.of(0, 255) } as const;
  expect(await store.saveClientIcon({ kind: 'app', clientId: 'client' }, icon)).toBe(true);
  expect(await store.findIcon('hash')).toEqual(icon);
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
}
