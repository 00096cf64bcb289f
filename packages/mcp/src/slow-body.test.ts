import { expect, test } from 'vitest';
import { createMcpSite } from './test-support/mcp-site.ts';
import { callSlowly } from './test-support/slow-call.ts';

test('a key that is revoked while a call arrives: the call is refused', async () => {
  const site = await createMcpSite();
  const token = await site.connect();
  const response = await callSlowly(site, token, async () => {
    const [grant] = await site.valetkey.grantsOf('id-alice');
    await site.postForm('/oauth/grants/revoke', { id: String(grant?.id) }, 'alice');
  });
  expect(response.status).toBe(401);
  expect(site.served).toEqual([]);
});
