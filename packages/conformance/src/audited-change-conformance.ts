import { deepEqual, equal, notDeepEqual, rejects } from 'node:assert/strict';
import type { NewAuditEvent, Store } from '@valetkey/server';
import {
  appBlock,
  client,
  firstBatch,
  newAdminKey,
  newKey,
  type StorePromise,
  undoing,
} from './conformance-fixtures.ts';
import { newGrant } from './oauth-fixtures.ts';

type Audit = () => NewAuditEvent;

/** Prepares the records that a change needs, and returns the change. */
type PrepareChange = (store: Store) => Promise<(audit: Audit) => Promise<unknown>>;

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

const personal = { kind: 'personal', clientId: 'personal-1' } as const;
const password = {
  passwordHash: 'a'.repeat(64),
  userId: 'alice',
  keyHash: null,
  applicationName: 'An app',
  authRedirect: null,
  expiresAt: 9_000,
};
const approval = { approvalTokenHash: 'token', answer: 'sealed', answerUntil: 8_000 };

async function bindGrant(store: Store): Promise<void> {
  await store.saveGrant({
    deviceCodeHash: 'd1',
    userCodeHash: 'u1',
    requestTokenHash: 'r1',
    clientId: 'client-1',
    request: '{}',
    createdAt: 1_000,
    createdFrom: '192.0.2.7',
    expiresAt: 9_000,
  });
  await store.bindGrant({ deviceCodeHash: 'd1', userId: 'alice', approvalTokenHash: 'token' }, 1_000);
}

/** Changes that have no effect when they are called again. */
const onceOnly: Readonly<Record<string, PrepareChange>> = {
  createPersonalKey: async (store) => {
    const key = newKey(personal);
    return (audit) => store.createPersonalKey(key, 1, audit);
  },
  renewKey: async (store) => {
    const { id } = (await store.createPersonalKey(newKey({ ...personal, expiresAt: 5_000 }), 9)) ?? { id: 0 };
    return (audit) => store.renewKey(id, { now: 3_000, expiresAt: 6_000 }, audit);
  },
  rotateKey: async (store) => {
    const { id } = (await store.createPersonalKey(newKey(personal), 9)) ?? { id: 0 };
    const successor = { keyHash: newKey().keyHash, createdAt: 3_000, retiresAt: 3_000 };
    return (audit) => store.rotateKey(id, successor, 9, audit);
  },
  revokeKey: async (store) => {
    const { key } = await store.replaceKey(newKey());
    return (audit) => store.revokeKey(key.id, 3_000, audit);
  },
  undoRevokeKey: async (store) => {
    const { key } = await store.replaceKey(newKey());
    await store.revokeKey(key.id, 3_000);
    return (audit) => store.undoRevokeKey(key.id, undoing, audit);
  },
  revokeStaleKeys: async (store) => {
    await store.replaceKey(newKey({ createdAt: 10 }));
    const stale = { unusedSince: 50, approvedBefore: null, revokedAt: 3_000, ...firstBatch };
    return (audit) => store.revokeStaleKeys(stale, audit);
  },
  approveGrant: async (store) => {
    await store.replaceKey(newKey());
    await bindGrant(store);
    const key = newKey();
    return (audit) => store.approveGrant(approval, key, 3_000, audit);
  },
  approveGrantForOauth: async (store) => {
    await bindGrant(store);
    const answer = ({ id }: { id: number }) => `grant ${id}`;
    return (audit) =>
      store.approveGrantForOauth({ ...approval, answer }, newGrant({ createdAt: 3_000 }), audit);
  },
  denyGrant: async (store) => {
    await bindGrant(store);
    return (audit) => store.denyGrant('token', 3_000, audit);
  },
  consumeOneTimePassword: async (store) => {
    await store.saveOneTimePassword(password, 1_000);
    return (audit) => store.consumeOneTimePassword(password.passwordHash, 3_000, audit);
  },
  deleteAppBlock: async (store) => {
    await store.saveAppBlock(appBlock);
    return (audit) => store.deleteAppBlock(appBlock, audit);
  },
  registerClient: async (store) => (audit) => store.registerClient(client, null, audit),
  deleteClient: async (store) => {
    await store.registerClient(client, null);
    return (audit) => store.deleteClient(client.clientId, audit);
  },
  revokeAdminKey: async (store) => {
    const { id } = await store.createAdminKey(newAdminKey());
    return (audit) => store.revokeAdminKey(id, 3_000, audit);
  },
  undoRevokeAdminKey: async (store) => {
    const { id } = await store.createAdminKey(newAdminKey());
    await store.revokeAdminKey(id, 3_000);
    return (audit) => store.undoRevokeAdminKey(id, 3_000, audit);
  },
  deleteRevokedAdminKey: async (store) => {
    const { id } = await store.createAdminKey(newAdminKey());
    await store.revokeAdminKey(id, 3_000);
    return (audit) => store.deleteRevokedAdminKey(id, audit);
  },
  revokeUnusedAdminKeys: async (store) => {
    await store.createAdminKey(newAdminKey({ createdAt: 10 }));
    return (audit) =>
      store.revokeUnusedAdminKeys({ unusedSince: 50, revokedAt: 3_000, ...firstBatch }, audit);
  },
};

/** Changes that take effect again, or are rejected because the hash exists. */
const others: Readonly<Record<string, PrepareChange>> = {
  replaceKey: async (store) => {
    await store.replaceKey(newKey());
    const key = newKey();
    return (audit) => store.replaceKey(key, audit);
  },
  saveAppBlock: async (store) => (audit) => store.saveAppBlock(appBlock, audit),
  createAdminKey: async (store) => {
    const key = newAdminKey();
    return (audit) => store.createAdminKey(key, audit);
  },
  renameKey: async (store) => {
    const { key } = await store.replaceKey(newKey());
    return (audit) => store.renameKey(key.id, 'Another name', audit);
  },
  saveOneTimePassword: async (store) => (audit) => store.saveOneTimePassword(password, 3_000, audit),
  saveSettings: async (store) => (audit) =>
    store.saveSettings(new Map([['cors_origins', 'https://app.example']]), audit),
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
  };
}

const eventsOf = async (store: Store) =>
  (await store.listAuditEvents({ beforeId: null, limit: 9 })).map(({ id: _number, ...rest }) => rest);

const bothOrNeither = Object.entries({ ...onceOnly, ...others }).map(
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
