import { expect, test } from 'vitest';
import { createTestForum } from './test-forum.ts';

test('the access log tells method, path, status and time of each request, and no secret of it', async () => {
  const lines: string[] = [];
  const { fetch, issueKey } = await createTestForum({ accessLog: (line) => void lines.push(line) });
  const key = await issueKey('alice', 'read');
  lines.length = 0;
  await fetch(`/latest.json?user_api_key=${key}`, {
    headers: { 'User-Api-Key': key, referer: `/?key=${key}` },
  });
  await fetch(`/t/${key}.json`);
  await fetch(`/session/otp/${key}`, { method: 'HEAD' });
  await fetch('/user-api-key/new?nonce=a-nonce&client_id=phone');
  expect(lines).toEqual([
    'GET /latest.json 200 0 ms',
    'GET /t/[redacted] 404 0 ms',
    'HEAD /session/otp/[redacted] 403 0 ms',
    'GET /user-api-key/new 400 0 ms',
  ]);
});
