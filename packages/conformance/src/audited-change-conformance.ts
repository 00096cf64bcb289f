import { deepEqual, equal, notDeepEqual, rejects } from 'node:assert/strict';
import type { NewAuditEvent, Store } from '@valetkey/server';
import { type Audit, onceOnly, otherChanges, password, personal } from './audited-changes.ts';
import { client, firstBatch, newAdminKey, newKey, type StorePromise } from './conformance-fixtures.ts';

const event: NewAuditEvent = {
  at: 3_000,
  action: 'key_approved',
  actorId: 'alice',
  ownerId: 'alice',
  keyId: 7,
  subject: 'A subject',
  ipAddress: '192.0.2.7',
};

const failing: Audit = () => {
  throw new Error('The disk is full.');
};

/** Returns everything that these changes can change. */
async function readState(store: Store) {
  return {
    keys: await store.listKeys('alice'),
    adminKeys: await store.listAdminKeys(),
    clients: await store.listClients({ after: null, limit: 9 }),
    grant: await store.findGrant('deviceCode', 'd1', 3_000),
    password: await store.findOneTimePassword(password.passwordHash, 3_000),
    settings: await store.listSettings(),
    blocks: await store.listAppBlocks(),
    icons: await store.listClientIcons('app', [client.clientId]),
  };
}

const eventsOf = async (store: Store) =>
  (await store.listAuditEvents({ beforeId: null, limit: 9 })).map(({ id: _number, ...rest }) => rest);

const bothOrNeither = Object.entries({ ...onceOnly, ...otherChanges }).map(
  ([name, prepare]): StorePromise => [
    `${name}: stores the change and its audit event, both or neither`,
    async (store) => {
      const change = await prepare(store);
      const before = await readState(store);
      await rejects(change(failing), /disk is full/);
      deepEqual(await readState(store), before);
      deepEqual(await eventsOf(store), []);
      await change(() => event);
      notDeepEqual(await readState(store), before);
      deepEqual(await eventsOf(store), [event]);
    },
  ],
);

const repeatedChangePromises = Object.entries(onceOnly).map(
  ([name, prepare]): StorePromise => [
    `${name}: stores one audit event, however often it is called`,
    async (store) => {
      const change = await prepare(store);
      await change(() => event);
      await change(failing);
      await Promise.all([change(failing), change(failing)]);
      deepEqual(await eventsOf(store), [event]);
    },
  ],
);

/** The promises of `AuditEventFactory`: no change without its event, and no event without its change. */
export const auditedChangePromises: readonly StorePromise[] = [
  ...bothOrNeither,
  ...repeatedChangePromises,
  [
    'AuditEventFactory: gets the result of a change: the new key, the old key of a rotation, each of several records',
    async (store) => {
      const recorded: unknown[] = [];
      const tell = (changed: unknown) => {
        recorded.push(changed);
        return event;
      };
      const { key } = await store.replaceKey(newKey(), tell);
      const made = await store.createPersonalKey(newKey(personal), 9, tell);
      const rotated = await store.rotateKey(
        made?.id ?? 0,
        { keyHash: newKey().keyHash, createdAt: 3_000, retiresAt: 5_000 },
        9,
        tell,
      );
      const admin = await store.createAdminKey(newAdminKey(), tell);
      await store.registerClient(client, null, tell);
      await store.saveSettings(new Map([['a', '1'] as const, ['b', '2'] as const]), tell);
      const retiring = rotated.kind === 'rotated' && rotated.retiring;
      deepEqual(recorded, [key, made, retiring, admin, client, 'a', 'b']);
      equal((await eventsOf(store)).length, 7);
    },
  ],
  [
    'revokeStaleKeys: revokes none of several keys if the event of one cannot be created',
    async (store) => {
      for (const clientId of ['a', 'b', 'c']) await store.replaceKey(newKey({ clientId, createdAt: 10 }));
      const before = await readState(store);
      let count = 0;
      const failThird: Audit = () => {
        count += 1;
        return count === 3 ? failing() : event;
      };
      const stale = { unusedSince: 50, approvedBefore: null, revokedAt: 100, ...firstBatch };
      await rejects(store.revokeStaleKeys(stale, failThird));
      deepEqual(await readState(store), before);
      deepEqual(await eventsOf(store), []);
    },
  ],
];
