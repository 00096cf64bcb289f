import { type ClientCursor, checkSetting, type RegisteredClient } from '@valetkey/server';
import { AdminError, EXIT } from '../admin-error.ts';
import type { Command } from '../command.ts';
import { eachRecord } from '../each-page.ts';
import { auditAs } from '../operator.ts';
import { withTimes } from '../records.ts';

/** Receivers of pushes get it, so it is no credential; but nobody else needs it. */
const HIDDEN = new Set(['push_api_secret_key']);

/** Returns whether admins can change it: other rows of the table are secrets of the site. */
function isSetting(name: string, value: string): boolean {
  try {
    checkSetting(name, value);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'setting_unknown';
  }
}

export const siteCommands: Readonly<Record<string, Command>> = {
  'clients list': {
    operands: [],
    summary: 'List the registered clients',
    uses: 'read',
    async run({ store, print }) {
      const pages = eachRecord(
        (after: ClientCursor | null, limit) => store.listClients({ after, limit }),
        ({ createdAt, clientId }) => ({ createdAt, clientId }),
      );
      for await (const client of pages) print(withTimes({ ...client }));
    },
  },
  'clients delete': {
    operands: ['CLIENT_ID'],
    summary: 'Delete a registered client; its keys stay valid',
    destroys: 'The client has to register again.',
    uses: 'change',
    async run({ store, operands: [clientId = ''], now, print }) {
      const audit = auditAs<RegisteredClient>('client_deleted', now, (client) => ({
        subject: client.clientId,
      }));
      const deleted = await store.deleteClient(clientId, audit);
      if (!deleted) throw new AdminError(EXIT.failed, 'There is no such client. Nothing was changed.');
      print(withTimes({ ...deleted }));
    },
  },
  'settings list': {
    operands: [],
    summary: 'List the settings that were changed; all others have the default of the site',
    uses: 'read',
    async run({ store, print }) {
      const stored = [...(await store.listSettings())].filter(([name, value]) => isSetting(name, value));
      for (const [name, value] of stored.toSorted())
        print({ name, value: HIDDEN.has(name) ? '(hidden)' : value });
    },
  },
  'settings get': {
    operands: ['NAME'],
    summary: 'Show one setting; the value is empty if the default of the site applies',
    uses: 'read',
    async run({ store, operands: [name = ''], print }) {
      const value = (await store.listSettings()).get(name) ?? null;
      if (!isSetting(name, value ?? '')) checkSetting(name, '');
      print({ name, value: value !== null && HIDDEN.has(name) ? '(hidden)' : value });
    },
  },
  'settings set': {
    operands: ['NAME', 'VALUE'],
    summary: 'Change a setting; items of a list are separated by |',
    uses: 'change',
    async run({ store, operands: [name = '', value = ''], now, print }) {
      const text = checkSetting(name, value);
      const audit = auditAs<string>('setting_changed', now, (changed) => ({ subject: changed }));
      await store.saveSettings(new Map([[name, text]]), audit);
      print({ name, value: HIDDEN.has(name) ? '(hidden)' : text });
    },
  },
};
