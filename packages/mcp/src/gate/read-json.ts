/** Much longer than any input of a tool. */
const MAX_BYTES = 262_144;

/** The JSON of a body, or why there is none. */
export type ReadJson =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too_large'; readonly maxBytes: number };

/** Reads the body of a message. @param parsedBody the body that an earlier body parser has read */
export async function readJson(request: Request, parsedBody: unknown): Promise<ReadJson> {
  if (request.bodyUsed)
    return parsedBody === undefined ? { kind: 'unreadable' } : { kind: 'json', value: parsedBody };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_BYTES) return { kind: 'too_large', maxBytes: MAX_BYTES };
      chunks.push(chunk);
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'unreadable' };
  }
}
