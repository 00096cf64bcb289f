import { membersOf, textOf } from './read-json.ts';

const MAX_REASONS = 10;
const MAX_TEXT = 500;
/** Hostile responses may nest without end. */
const MAX_DEPTH = 4;
/** Members with reasons, in this order: a sentence is more useful than the code or the status text beside it. */
const MEMBERS = ['errors', 'error_description', 'detail', 'message', 'error', 'reason', 'title'];
/** Rails and Django use these names for errors of the whole object. */
const WHOLE_OBJECT = ['base', 'non_field_errors'];

/**
 * Returns the reasons in the body of an error response, in the common shapes: a text that is no page, or in JSON a string, an array, an
 * object of arrays by field, or an array of objects with a message. Returns an empty array if there is none.
 *
 * @example findReasons({ errors: { email: ['is invalid'] } }) // ['email: is invalid']
 */
export function findReasons(body: unknown): string[] {
  // A page, or JSON that was cut off, is no reason.
  if (typeof body === 'string') return /^\s*[^\s<{[]/.test(body) ? [body.trim().slice(0, MAX_TEXT)] : [];
  const members = membersOf(body);
  const found = Array.isArray(body)
    ? flatten(body, '', 0)
    : (MEMBERS.map((name) => flatten(members[name], '', 0)).find(({ length }) => length > 0) ?? []);
  // Some frameworks send the fields without a member around them.
  const isByField = found.length === 0 && Object.values(members).every(Array.isArray);
  return (isByField ? flatten(members, '', 0) : found).slice(0, MAX_REASONS);
}

function flatten(value: unknown, field: string, depth: number): string[] {
  const text = textOf(value);
  if (text !== null) return [field === '' ? text : `${field}: ${text}`];
  if (depth === MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((each) => flatten(each, field, depth + 1));
  const members = membersOf(value);
  const message = [members.message, members.msg, members.detail, members.title].map(textOf).find(Boolean);
  if (message) return flatten(message, textOf(members.field) ?? field, depth);
  return Object.entries(members).flatMap(([name, each]) =>
    flatten(each, WHOLE_OBJECT.includes(name) ? field : name, depth + 1),
  );
}
