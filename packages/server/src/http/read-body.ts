import { type RawParameters, ValetkeyError } from '@valetkey/protocol';

/** A public key, a nonce and some names fit many times over. */
const MAX_BODY_BYTES = 65_536;

/**
 * A form, multipart or JSON body as named values.
 *
 * @throws ValetkeyError `body_too_large`, `body_unreadable`
 */
export async function readBody(request: Request): Promise<RawParameters> {
  const type = request.headers.get('content-type') ?? '';
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  if (type.toLowerCase().includes('json')) return parseJsonObject(bytes);
  try {
    const form = await new Response(bytes as BodyInit, { headers: { 'content-type': type } }).formData();
    return collect(form);
  } catch (error) {
    if (error instanceof ValetkeyError) throw error;
    throw new ValetkeyError('body_unreadable');
  }
}

/**
 * Named values of a query or form. A name that comes twice with two values is refused: whoever checks the one
 * and uses the other is how parameter pollution works.
 *
 * @throws ValetkeyError `parameter_invalid`
 */
export function collect(entries: Iterable<readonly [string, unknown]>): RawParameters {
  // No prototype: a parameter called `__proto__` is a parameter.
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, value] of entries) {
    if (name in values && values[name] !== value)
      throw new ValetkeyError('parameter_invalid', { parameter: name });
    values[name] = value;
  }
  return values;
}

function parseJsonObject(bytes: Uint8Array): RawParameters {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ValetkeyError('body_unreadable');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ValetkeyError('body_unreadable');
  return collect(Object.entries(value));
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new ValetkeyError('body_too_large', { max_bytes: MAX_BODY_BYTES });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
