import type { KeyRecord, NewKey, OneTimePassword, RegisteredClient, Store } from '../store.ts';
import { createMemoryAdminKeys } from './memory-admin-keys.ts';
import { createMemoryAudit } from './memory-audit.ts';
import { createMemoryGrants } from './memory-grants.ts';

/** Where at most one key may live: a person, a kind and a client, as one text. */
const placeOf = ({ userId, kind, clientId }: Pick<KeyRecord, 'userId' | 'kind' | 'clientId'>): string =>
  JSON.stringify([userId, kind, clientId]);

/**
 * A store that forgets everything when the process ends: for tests and for trying things out. JavaScript runs
 * one turn at a time and no method here awaits, so each is atomic as it stands.
 */
export function createMemoryStore(): Store {
  const keys = new Map<number, KeyRecord>();
  const idByHash = new Map<string, number>();
  const unrevokedIds = new Map<string, number>();
  const clients = new Map<string, RegisteredClient>();
  const passwords = new Map<string, OneTimePassword>();
  const settings = new Map<string, string>();
  let lastId = 0;

  const change = (record: KeyRecord, changes: Partial<KeyRecord>): KeyRecord => {
    const changed = { ...record, ...changes };
    keys.set(record.id, changed);
    if (record.revokedAt === null) unrevokedIds.delete(placeOf(record));
    if (changed.revokedAt === null) unrevokedIds.set(placeOf(changed), changed.id);
    return changed;
  };
  const unrevoked = (place: Pick<KeyRecord, 'userId' | 'kind' | 'clientId'>): KeyRecord | null =>
    keys.get(unrevokedIds.get(placeOf(place)) ?? 0) ?? null;

  const replaceKey = (key: NewKey) => {
    if (idByHash.has(key.keyHash)) throw new Error('A key with this hash is stored already.');
    const earlier = unrevoked(key);
    const replaced = earlier && change(earlier, { revokedAt: key.createdAt, revokedReason: 'replaced' });
    lastId += 1;
    const record: KeyRecord = {
      ...key,
      id: lastId,
      lastUsedAt: null,
      lastUsedAddress: null,
      lastUsedAgent: null,
      revokedAt: null,
      revokedReason: null,
    };
    keys.set(record.id, record);
    unrevokedIds.set(placeOf(record), record.id);
    idByHash.set(record.keyHash, record.id);
    return { key: record, replaced };
  };

  return {
    ...createMemoryAdminKeys(),
    ...createMemoryAudit(),
    ...createMemoryGrants(replaceKey),
    async replaceKey(key) {
      return replaceKey(key);
    },
    async findKeyByHash(keyHash) {
      const id = idByHash.get(keyHash);
      return id === undefined ? null : (keys.get(id) ?? null);
    },
    async findKey(id) {
      return keys.get(id) ?? null;
    },
    async findUnrevokedKey(userId, kind, clientId) {
      return unrevoked({ userId, kind, clientId });
    },
    async listKeys(userId) {
      return [...keys.values()].filter((record) => record.userId === userId).sort((a, b) => b.id - a.id);
    },
    async revokeKey(id, revokedAt) {
      const record = keys.get(id);
      if (!record || record.revokedAt !== null) return null;
      return change(record, { revokedAt, revokedReason: 'revoked' });
    },
    async revokeStaleKeys({ unusedSince, approvedBefore, revokedAt }) {
      return [...keys.values()].flatMap((record) => {
        if (record.revokedAt !== null) return [];
        const isUnused = unusedSince !== null && (record.lastUsedAt ?? record.createdAt) < unusedSince;
        const isTooOld = approvedBefore !== null && record.createdAt < approvedBefore;
        if (!isUnused && !isTooOld) return [];
        return [change(record, { revokedAt, revokedReason: isTooOld ? 'too_old' : 'unused' })];
      });
    },
    async undoRevokeKey(id) {
      const record = keys.get(id);
      if (!record) return 'not_found';
      if (record.revokedAt === null) return 'not_revoked';
      if (record.revokedReason === 'replaced' || unrevoked(record)) return 'was_replaced';
      change(record, { revokedAt: null, revokedReason: null });
      return 'restored';
    },
    async renameClient(id, clientId) {
      const record = keys.get(id);
      if (!record || record.revokedAt !== null || unrevoked({ ...record, clientId })) return false;
      change(record, { clientId });
      return true;
    },
    async touchKeys(touches) {
      for (const { id, usedAt, address, agent } of touches) {
        const record = keys.get(id);
        if (!record || (record.lastUsedAt ?? 0) > usedAt) continue;
        change(record, { lastUsedAt: usedAt, lastUsedAddress: address, lastUsedAgent: agent });
      }
    },
    async findClient(clientId) {
      return clients.get(clientId) ?? null;
    },
    async findClientByPublicKey(publicKey) {
      return [...clients.values()].find((client) => client.publicKey === publicKey) ?? null;
    },
    async saveOneTimePassword(password, now) {
      for (const [hash, { expiresAt }] of passwords) if (expiresAt <= now) passwords.delete(hash);
      passwords.set(password.passwordHash, password);
    },
    async findOneTimePassword(passwordHash, now) {
      const password = passwords.get(passwordHash);
      return password && password.expiresAt > now ? password.userId : null;
    },
    async consumeOneTimePassword(passwordHash, now) {
      const password = passwords.get(passwordHash);
      passwords.delete(passwordHash);
      return password && password.expiresAt > now ? password.userId : null;
    },
    async registerClient(client, limit) {
      if (clients.has(client.clientId)) return 'already_registered';
      const isRecent = (other: RegisteredClient) =>
        other.createdFrom === client.createdFrom && other.createdAt > (limit?.since ?? 0);
      if (limit && [...clients.values()].filter(isRecent).length >= limit.max) return 'too_many';
      clients.set(client.clientId, client);
      return 'registered';
    },
    async listSettings() {
      return new Map(settings);
    },
    async saveSetting(name, value) {
      settings.set(name, value);
    },
    async close() {},
  };
}
