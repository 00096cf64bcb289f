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
  expect(lines.map((line) => line.replace(/\d+ms [\w-]{36}$/, '?ms'))).toEqual([
    'GET /latest.json 200 ?ms',
    'GET /t/[redacted] 404 ?ms',
    'HEAD /session/otp/[redacted] 403 ?ms',
    'GET /user-api-key/new 400 ?ms',
    'M-SEARCH /latest 404 ?ms',
  ]);
});

test.each([
  ['uses the id of a proxy', true, 'a-proxy-id', true],
  ['replaces an id with other characters', true, 'id GET /forged 200', false],
  ['replaces the id of a client without a proxy', false, 'a-client-id', false],
])('request id: %s', async (_case, isBehindProxy, sent, isUsed) => {
  const lines: string[] = [];
  const { fetch } = await createTestForum({ isBehindProxy, accessLog: (line) => void lines.push(line) });
  for (const path of ['/latest.json', '/user-api-key/new', '/none']) {
    lines.length = 0;
    const response = await fetch(path, { headers: { 'x-request-id': sent } });
    const id = response.headers.get('x-request-id') ?? '';
    expect(id).toMatch(isUsed ? /^a-proxy-id$/ : /^[\da-f-]{36}$/);
    expect(lines).toEqual([expect.stringMatching(new RegExp(` ${id}$`))]);
  }
});
