import { expect, onTestFinished, test, vi } from 'vitest';
import { createTestForum } from './test-forum.ts';

test('a store that fails is an answer with a sentence, a stack for the operator, and no half-made key', async () => {
  const { forum, signedIn, issueKey } = await createTestForum();
  const alice = await signedIn('alice');
  const report = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => report.mockRestore());
  const before = await issueKey('alice', 'read');
  const broken = vi.spyOn(forum.valetkey, 'fetch').mockRejectedValueOnce(new Error('disk full'));
  await forum.valetkey.settings.set('cors_origins', 'https://app.example');
  const origin = 'https://app.example';
  const response = await alice.send('POST', '/user-api-key.json', { client_id: 'x' }, { origin });
  broken.mockRestore();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ code: 'internal_error', errors: [expect.any(String)] });
  expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  expect(report).toHaveBeenCalledOnce();
  expect((await alice.request('/latest.json', { headers: { 'User-Api-Key': before } })).status).toBe(200);
});
