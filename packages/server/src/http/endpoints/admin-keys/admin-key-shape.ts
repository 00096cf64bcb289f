import type { AdminKeyRecord } from '../../../core/key/admin-key-record.ts';
import type { LoadedUsers } from '../../load-users.ts';

/** Returns an admin key in Discourse’s shape, without the key itself. */
export function adminKeyShape(record: AdminKeyRecord, users: LoadedUsers) {
  return {
    id: record.id,
    truncated_key: record.truncatedKey,
    description: record.description,
    user: record.userId === null ? null : userShape(record.userId, users),
    scope_mode: record.scopeMode,
    scopes: record.scopes.map(({ scopeId, parameters }) => {
      const [resource, action] = scopeId.split(':');
      return { scope_id: scopeId, resource, action, parameters };
    }),
    created_at: isoTime(record.createdAt),
    last_used_at: isoTime(record.lastUsedAt),
    revoked_at: isoTime(record.revokedAt),
  };
}

/** Never null: a key whose user was deleted must not look like a key for all users. */
function userShape(id: string, users: LoadedUsers) {
  const user = users.get(id);
  return { id, username: user?.username ?? null, avatar_template: user?.avatarTemplate ?? null };
}

const isoTime = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
