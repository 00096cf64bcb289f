import { invalidParameter, nulCharacter, unreadableBody } from './forum-error.ts';

/** Values by name; Discourse's nested form fields (`post[raw]`) and JSON objects become the same nested object. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * Reads JSON, a form or multipart. Hono's `parseBody` is not used: it ignores unknown types, keeps the last of two
 * values, and accepts files.
 *
 * @throws ForumError 400 for a body that cannot be parsed or contains NUL, or a form field with two different values
 */
export async function readBody(request: Request): Promise<Body> {
  const type = request.headers.get('content-type') ?? '';
  const bytes = await request.arrayBuffer().catch(() => null);
  if (!bytes) throw unreadableBody();
  if (bytes.byteLength === 0) return {};
  if (type.toLowerCase().includes('json')) return readJson(bytes);
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null);
  if (!form) throw unreadableBody();
  return nest(form);
}

/** `\u0000` in JSON, unless its backslash is escaped. */
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/;

function readJson(bytes: ArrayBuffer): Body {
  let value: unknown;
  let containsNul: boolean;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
    containsNul = ESCAPED_NUL.test(text);
  } catch {
    throw unreadableBody();
  }
  if (containsNul) throw nulCharacter('body');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadableBody();
  return value as Body;
}

function nest(form: FormData): Body {
  // No prototype: a field named `__proto__` is a field like any other.
  const body: Record<string, unknown> = Object.create(null);
  for (const [name, value] of form) {
    const [, outer, inner] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) {
      put(body, name, value);
      continue;
    }
    const nested = (body[outer] ?? Object.create(null)) as Record<string, unknown>;
    if (typeof nested !== 'object') throw unreadableBody();
    put(nested, inner, value);
    body[outer] = nested;
  }
  return body;
}

/** A second, different value is rejected, so that every reader of a field sees the same one. `tags[]` is a list. */
function put(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (`${name}${value}`.includes('\0')) throw nulCharacter('body');
  const isRepeated = name in fields && fields[name] !== value && !name.endsWith('[]');
  if (typeof value !== 'string' || isRepeated) throw unreadableBody();
  fields[name] = value;
}

/** Returns a value as text; empty if it is absent. @throws ForumError 400 for objects and lists */
export function readText(body: Body, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return '';
  throw invalidParameter(`The parameter ${name} must be a single text.`);
}

/** Returns a positive integer; null if it is absent. @throws ForumError 400 for anything else */
export function readId(body: Body, name: string): number | null {
  const text = readText(body, name);
  if (text === '') return null;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw invalidParameter(`The parameter ${name} must be a number.`);
  return Number(text);
}
