import type { createMcpSite } from './mcp-site.ts';

const CALL = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'read_topic', arguments: { id: 7 } },
};

/**
 * Calls a tool with a body that arrives late.
 *
 * @param beforeBody runs when the site asks for the body, after it has accepted the token
 */
export function callSlowly(
  site: Pick<Awaited<ReturnType<typeof createMcpSite>>, 'send'>,
  token: string,
  beforeBody: () => Promise<unknown>,
): Promise<Response> {
  const body = new ReadableStream(
    {
      async pull(controller) {
        await beforeBody();
        controller.enqueue(new TextEncoder().encode(JSON.stringify(CALL)));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${token}`,
  };
  return site.send('/mcp', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
}
