import { type RawParameters, ValetkeyError } from '@valetkey/protocol';

/** Much larger than a public key, a nonce and some names. */
const MAX_BODY_BYTES = 65_536;

/**
 * Returns a form, multipart or JSON body as named values. Uses `parsedBody` if an earlier body parser consumed the
 * body.
 *
 * @param parsedBody the result of the parser, which has applied its own size limits
 * @param maxBytes the size from which a body is not read further
 * @throws ValetkeyError `body_too_large`, `body_unreadable`, `parameter_invalid`, `body_already_read`
 */
export async function readBody(
  request: Request,
  parsedBody?: unknown,
  maxBytes = MAX_BODY_BYTES,
): Promise<RawParameters> {
  const type = (request.headers.get('content-type') ?? '').toLowerCase();
  const isJson = type.includes('json');
  const isUsedUp = request.bodyUsed || request.body?.locked === true;
  const bytes = isUsedUp ? new Uint8Array() : await readBytes(request, maxBytes);
  if (bytes.length === 0) {
    if (isObject(parsedBody)) return readParsedBody(parsedBody, isJson);
    // Otherwise the endpoint would see an empty body and miss the CSRF token and all parameters.
    if (isUsedUp || announcesBody(request)) throw new ValetkeyError('body_already_read');
    return {};
  }
  if (isJson) return parseJsonObject(bytes);
  try {
    const headers = { 'content-type': request.headers.get('content-type') ?? '' };
    return collect(await new Response(bytes as BodyInit, { headers }).formData());
  } catch (error) {
    if (error instanceof ValetkeyError) throw error;
    throw new ValetkeyError('body_unreadable');
  }
}

/**
 * Returns the named values of a query or form. Rejects a name with two different values, to prevent parameter
 * pollution: a check and the use could read different ones. Rejects NUL too.
 *
 * @throws ValetkeyError `parameter_invalid`
 */
export function collect(entries: Iterable<readonly [string, unknown]>): RawParameters {
  // No prototype, so that `__proto__` is an ordinary name.
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, value] of entries) {
    if (name in values && values[name] !== value)
      throw new ValetkeyError('parameter_invalid', { parameter: name });
    if (containsNul(name) || containsNul(value))
      throw new ValetkeyError('parameter_invalid', {
        parameter: name.replaceAll('\0', '\u{fffd}'),
        reason: 'nul_character',
      });
    values[name] = value;
  }
  return values;
}

/** PostgreSQL cannot store NUL, so no store gets it. Without recursion, because JSON can be nested very deeply. */
function containsNul(value: unknown): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === 'string' && next.includes('\0')) return true;
    if (typeof next !== 'object' || next === null || ArrayBuffer.isView(next)) continue;
    for (const [name, part] of Object.entries(next)) rest.push(name, part);
  }
  return false;
}

function readParsedBody(parsedBody: object, isJson: boolean): RawParameters {
  const entries = Object.entries(parsedBody);
  return collect(isJson ? entries : entries.flatMap(unfoldField));
}

/** Body parsers create an array for a repeated field, and an object for `name[key]`. */
function unfoldField([name, value]: [string, unknown]): [string, unknown][] {
  const values = Array.isArray(value) ? value : [value];
  if (!values.every((each) => typeof each === 'string')) {
    throw new ValetkeyError('parameter_invalid', { parameter: name });
  }
  return values.map((each) => [name, each]);
}

/** Returns whether the headers announce a body. Chunks may be empty, so they only count if the body is consumed. */
function announcesBody({ method, headers, body }: Request): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  if (Number(headers.get('content-length')) > 0) return true;
  return body === null && headers.has('transfer-encoding');
}

function parseJsonObject(bytes: Uint8Array): RawParameters {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ValetkeyError('body_unreadable');
  }
  if (!isObject(value)) throw new ValetkeyError('body_unreadable');
  return collect(Object.entries(value));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

async function readBytes({ body }: Request, maxBytes: number): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) throw new ValetkeyError('body_too_large', { max_bytes: maxBytes });
      chunks.push(chunk);
    }
  } catch (error) {
    // Any other error means that the client closed the connection: its error, not the site’s.
    throw error instanceof ValetkeyError ? error : new ValetkeyError('body_unreadable');
  }
  return Buffer.concat(chunks);
}
