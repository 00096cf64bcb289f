import { expect, test } from 'vitest';
import { createTestForum } from './test-forum.ts';

test('access log: has method, path, status and duration of every request, and no secret', async () => {
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
  await fetch('/latest', { method: 'M-SEARCH' });
  expect(lines.map((line) => line.replace(/\d+ms$/, '?ms'))).toEqual([
    'GET /latest.json 200 ?ms',
    'GET /t/[redacted] 404 ?ms',
    'HEAD /session/otp/[redacted] 403 ?ms',
    'GET /user-api-key/new 400 ?ms',
    'M-SEARCH /latest 404 ?ms',
  ]);
});
