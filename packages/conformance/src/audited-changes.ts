import type { NewAuditEvent, Store } from '@valetkey/server';
import {
  appBlock,
  client,
  firstBatch,
  newAdminKey,
  newIcon,
  newKey,
  undoing,
} from './conformance-fixtures.ts';
import { newGrant } from './oauth-fixtures.ts';

/** Creates the event of a change. */
export type Audit = () => NewAuditEvent;

/** Prepares the records that a change needs, and returns the change. */
export type PrepareChange = (store: Store) => Promise<(audit: Audit) => Promise<unknown>>;

const iconOwner = { kind: 'app', clientId: client.clientId } as const;
/** A key of another kind. */
export const personal = { kind: 'personal', clientId: 'personal-1' } as const;
/** The one-time password of the changes. */
export const password = {
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
export const onceOnly: Readonly<Record<string, PrepareChange>> = {
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
  deleteClientIcon: async (store) => {
    await store.registerClient(client, null);
    await store.saveClientIcon(iconOwner, newIcon());
    return (audit) => store.deleteClientIcon(iconOwner, audit);
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
export const otherChanges: Readonly<Record<string, PrepareChange>> = {
  replaceKey: async (store) => {
    await store.replaceKey(newKey());
    const key = newKey();
    return (audit) => store.replaceKey(key, audit);
  },
  saveAppBlock: async (store) => (audit) => store.saveAppBlock(appBlock, audit),
  saveClientIcon: async (store) => {
    await store.registerClient(client, null);
    return (audit) => store.saveClientIcon(iconOwner, newIcon(), audit);
  },
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
