import type { HonoRequest } from 'hono';

/**
 * Returns a request whose body can be read. If the site has read it through Hono, the body comes from Hono's cache, in
 * the format that was read.
 */
export async function toUnreadRequest(req: HonoRequest): Promise<{ request: Request; parsedBody: unknown }> {
  const { raw, bodyCache } = req;
  if (!raw.bodyUsed) return { request: raw, parsedBody: null };
  // As bytes, a form would have another boundary than its header says.
  if (bodyCache.formData) return { request: raw, parsedBody: await req.parseBody({ all: true }) };
  const { method, headers, url } = raw;
  try {
    return {
      request: new Request(url, { method, headers, body: await req.arrayBuffer() }),
      parsedBody: null,
    };
  } catch {
    // Read without Hono, so that nothing has it. The endpoint responds with the error.
    return { request: raw, parsedBody: null };
  }
}
