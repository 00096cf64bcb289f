import { ForumError } from './forum-error.ts';

/** Values by name; Discourse's nested form fields (`post[raw]`) and JSON objects become the same nested object. */
export type Body = Readonly<Record<string, unknown>>;

const MAX_BODY_BYTES = 1_048_576;

/** @throws ForumError 400 for what cannot be read, 413 for what is too large */
export async function readBody(request: Request): Promise<Body> {
  const type = (request.headers.get('content-type') ?? '').toLowerCase();
  try {
    const bytes = await readBytes(request);
    if (bytes.length === 0) return {};
    if (type.includes('json')) return readJson(bytes);
    // The original header: a multipart boundary is case-sensitive.
    const headers = { 'content-type': request.headers.get('content-type') ?? '' };
    return nest(await new Response(bytes as BodyInit, { headers }).formData());
  } catch (error) {
    if (error instanceof ForumError) throw error;
    throw unreadable();
  }
}

const unreadable = () =>
  new ForumError(400, ['The body of the request cannot be read.'], 'invalid_parameters');

function readJson(bytes: Uint8Array): Body {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable();
  return value as Body;
}

function nest(form: FormData): Body {
  const body: Record<string, unknown> = Object.create(null);
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw unreadable();
    const [, outer, inner] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) {
      body[name] = value;
      continue;
    }
    const nested = (body[outer] ?? Object.create(null)) as Record<string, unknown>;
    if (typeof nested !== 'object') throw unreadable();
    nested[inner] = value;
    body[outer] = nested;
  }
  return body;
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new ForumError(
        413,
        [`The body of the request is larger than ${MAX_BODY_BYTES} bytes.`],
        'invalid_parameters',
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A value as text; empty where it is absent. @throws ForumError 400 for objects and lists */
export function readText(body: Body, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return '';
  throw new ForumError(400, [`The parameter ${name} has to be one text.`], 'invalid_parameters');
}

/** A positive whole number; null where it is absent. @throws ForumError 400 for anything else */
export function readId(body: Body, name: string): number | null {
  const text = readText(body, name);
  if (text === '') return null;
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw new ForumError(400, [`The parameter ${name} has to be a number.`], 'invalid_parameters');
  }
  return Number(text);
}
