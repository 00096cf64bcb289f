import { expect, test } from 'vitest';
import { createMcpSite } from './test-support/mcp-site.ts';

test('a key that is revoked while a call arrives: the call is refused', async () => {
  const site = await createMcpSite();
  const token = await site.connect();
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'read_topic', arguments: { id: 7 } },
  };
  // The site asks for the body after it has accepted the token.
  const body = new ReadableStream(
    {
      async pull(controller) {
        const [grant] = await site.valetkey.grantsOf('id-alice');
        await site.postForm('/oauth/grants/revoke', { id: String(grant?.id) }, 'alice');
        controller.enqueue(new TextEncoder().encode(JSON.stringify(call)));
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
  const response = await site.send('/mcp', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  expect(response.status).toBe(401);
  expect(site.served).toEqual([]);
});
