import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

type Key = { description: string };

/** The pages about admin keys. */
export const adminKeys = (format: Format) => ({
  title: 'Admin keys',
  create: 'Create admin key',
  meaning:
    'For your own scripts. Anyone who has an admin key can act as the users it is for: give each key only the access that it needs.',
  none: 'No active keys',
  active: 'Active',
  revoked: 'Revoked',
  older: 'Older',
  actsAs: 'Acts as',
  anyUser: 'any user',
  startsWith: 'Key starts with',
  created: 'Created',
  createdBy: ({ day, user }: { day: Html; user: Html }) => html`${day} by ${user}`,
  lastUsed: 'Last used',
  revoke: 'Revoke',
  revokeKey: ({ description }: Key) => `Revoke: ${description}`,
  undo: 'Undo',
  undoKey: ({ description }: Key) => `Undo: ${description}`,
  delete: 'Delete permanently',
  deleteKey: ({ description }: Key) => `Delete permanently: ${description}`,
  modes: {
    global: 'Full access to everything its users can access',
    read_only: 'Read everything its users can read, and change nothing',
    granular: 'Selected scopes only',
  },
  unknownScope: 'No access: this site no longer has this scope',
  onlyWith: ({ parameter, values }: { parameter: string; values: readonly string[] }) =>
    html`only if ${parameter} is <bdi>${format.list(values)}</bdi>`,
  form: {
    title: 'New admin key',
    heading: 'Create an admin key',
    description: 'Description',
    descriptionHint: 'What the key is for, so that you know what stops working when you revoke it.',
    username: 'User',
    usernameHint: 'The user that the key acts as. If empty, each request names any user.',
    access: 'Access',
    scopes: 'Scopes',
    scopesHint:
      'For “Selected scopes only”. Separate values by commas; the scope then allows only these values. If a field is empty, it allows every value.',
    onlyIf: ({ parameter }: { parameter: string }) => `only if ${parameter} is`,
    scopeOnlyIf: ({ scope, parameter }: { scope: string; parameter: string }) =>
      `${scope}: only if ${parameter} is`,
    create: 'Create key',
    allKeys: 'All admin keys',
  },
  createdKey: {
    title: 'Your new admin key',
    heading: ({ description }: Key) => html`Admin key for <bdi>${description}</bdi>`,
    onlyNow:
      'The key is shown only once. Copy it to your script now. Never put it into a web page or an app that others can get.',
    access: 'Access',
    allKeys: 'All admin keys',
  },
});
