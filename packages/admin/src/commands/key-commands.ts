import type { AdminKeyRecord, KeyRecord } from '@valetkey/server';
import { AdminError, EXIT } from '../admin-error.ts';
import type { Command } from '../command.ts';
import { eachRecord } from '../each-page.ts';
import { auditAs } from '../operator.ts';
import { printedAdminKey, printedKey } from '../records.ts';

/** @throws AdminError if the text is not an id */
function parseId(text: string | undefined): number {
  const id = /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id))
    throw new AdminError(EXIT.usage, 'ID must be the number of a key, such as 7.');
  return id;
}

const nothingToRevoke = (id: number) =>
  new AdminError(EXIT.failed, `There is no active key ${id}. Nothing was changed.`);

const DESTROYS = 'The apps that use the key lose access.';

export const keyCommands: Readonly<Record<string, Command>> = {
  'keys list': {
    operands: ['USER'],
    summary: 'List a user’s keys; USER is the user id',
    uses: 'read',
    async run({ store, operands: [user = ''], print }) {
      const pages = eachRecord(
        (beforeId: number | null, limit) => store.listKeys(user, { beforeId, limit }),
        ({ id }) => id,
      );
      for await (const key of pages) print(printedKey(key));
    },
  },
  'keys revoke': {
    operands: ['ID'],
    summary: 'Revoke a key',
    destroys: DESTROYS,
    uses: 'change',
    async run({ store, operands, now, print }) {
      const id = parseId(operands[0]);
      const audit = auditAs<KeyRecord>('key_revoked', now, (key) => ({
        subject: key.applicationName,
        keyId: key.id,
        ownerId: key.userId,
      }));
      const revoked = await store.revokeKey(id, now(), audit, 'revoked_by_admin');
      if (!revoked) throw nothingToRevoke(id);
      print(printedKey(revoked));
    },
  },
  'admin-keys list': {
    operands: [],
    summary: 'List the admin keys',
    uses: 'read',
    async run({ store, print }) {
      const pages = eachRecord(
        (beforeId: number | null, limit) => store.listAdminKeys({ beforeId, limit }),
        ({ id }) => id,
      );
      for await (const key of pages) print(printedAdminKey(key));
    },
  },
  'admin-keys revoke': {
    operands: ['ID'],
    summary: 'Revoke an admin key',
    destroys: DESTROYS,
    uses: 'change',
    async run({ store, operands, now, print }) {
      const id = parseId(operands[0]);
      const audit = auditAs<AdminKeyRecord>('admin_key_revoked', now, (key) => ({
        subject: key.description,
        keyId: key.id,
        ownerId: key.userId,
      }));
      const revoked = await store.revokeAdminKey(id, now(), audit);
      if (!revoked) throw nothingToRevoke(id);
      print(printedAdminKey(revoked));
    },
  },
};
