import { expect, test } from 'vitest';
import { asApp, createTestForum, json } from './test-forum.ts';

test('a key that is revoked while a body arrives: its request is rejected', async () => {
  const { fetch, issueKey, signedIn } = await createTestForum();
  const key = await issueKey('alice', 'read,write');
  const alice = await signedIn('alice');
  // The forum asks for the body when it needs it. A thief could hold the end back until the owner has revoked the key.
  const text = JSON.stringify({ description: 'Written too late', emoji: 'plum' });
  const body = new ReadableStream(
    {
      async pull(controller) {
        expect((await alice.send('POST', '/user-api-key/revoke.json', { id: '1' })).status).toBe(200);
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { 'content-length': String(text.length) };
  const init = { ...asApp(key, { method: 'PUT', headers, body }), duplex: 'half' } as RequestInit;
  const response = await fetch('/user-status.json', init);
  expect([response.status, (await json(response)).code]).toEqual([403, 'key_revoked']);
  expect(await json(alice.get('/user-status.json'))).not.toMatchObject({ description: 'Written too late' });
});
