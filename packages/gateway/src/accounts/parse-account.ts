import { type Account, AccountsError } from './accounts.ts';

const MAX_TEXT = 200;

/**
 * Returns the account of `{"id": 7, "username": "alice", "groups": ["editors"], "admin": false, "suspended": false}`.
 * Id and username may be numbers; the other fields are optional.
 *
 * @throws AccountsError that names the field
 */
export function parseAccount(value: unknown): Account {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AccountsError('It is not a JSON object.');
  const fields = value as Record<string, unknown>;
  const { groups = [], admin = false, suspended = false } = fields;
  if (!Array.isArray(groups) || groups.some((group) => typeof group !== 'string'))
    throw new AccountsError('groups is not a list of texts.');
  if (typeof admin !== 'boolean' || typeof suspended !== 'boolean')
    throw new AccountsError('admin or suspended is not a boolean.');
  return {
    id: readText(fields, 'id'),
    username: readText(fields, 'username'),
    groups,
    isAdmin: admin,
    isSuspended: suspended,
  };
}

function readText(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  // JSON.parse rounds it, and two users would have one id.
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new AccountsError(`${name} is a number that is not a safe integer. Write it as a text.`);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (text.trim() === '' || text.length > MAX_TEXT || /\p{Cc}/u.test(text)) {
    throw new AccountsError(`${name} is not a text of 1 to ${MAX_TEXT} characters.`);
  }
  return text;
}
