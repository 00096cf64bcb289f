import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

/** The page on which an admin finds and revokes the keys of all users. */
export const userKeys = (format: Format) => ({
  title: 'Keys of users',
  meaning: 'The active keys of all users. Connections of OAuth apps are a kind of their own.',
  user: 'User',
  name: 'App name',
  clientId: 'Client id',
  redirect: 'Redirect',
  scope: 'Permission',
  kind: 'Kind',
  unusedDays: 'Unused for days',
  expiresDays: 'Expires in days',
  any: 'Any',
  show: 'Show',
  showAll: 'Show all',
  none: 'No key matches.',
  older: 'Older',
  export: 'Download as CSV',
  select: ({ app, user }: { app: string; user: string }) => `Select ${app} of ${user}`,
  columns: {
    app: 'App',
    user: 'User',
    permissions: 'Permissions',
    lastUsed: 'Last used',
    expires: 'Expires',
  },
  by: ({ kind, created }: { kind: string; created: Html }) => html`${kind}, since ${created}`,
  revokeSelected: 'Revoke selected keys',
  revokeMatching: ({ count }: { count: number }) =>
    format.plural(count, { one: 'Revoke the key of this page', other: 'Revoke all # keys of this page' }),
  revokeMeaning: 'Revoked keys stop working at once. Only an admin can restore them.',
  revokeConnectionsMeaning: 'Revoked connections end at once. Their apps must connect again.',
  revoked: ({ count }: { count: number }) =>
    format.plural(count, { one: '# key was revoked.', other: '# keys were revoked.' }),
});
