import type { AccessLogEntry } from '@valetkey/server/monitor';
import { expect, onTestFinished, test } from 'vitest';
import { startForum } from '../src/index.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';
import { createTestForum } from './test-forum.ts';

test('access log: has method, path and status of every request, and no secret', async () => {
  const entries: AccessLogEntry[] = [];
  const { fetch, issueKey } = await createTestForum({ accessLog: (entry) => void entries.push(entry) });
  const key = await issueKey('alice', 'read');
  entries.length = 0;
  await fetch(`/latest.json?user_api_key=${key}`, {
    headers: { 'User-Api-Key': key, referer: `/?key=${key}` },
  });
  await fetch(`/t/${key}.json`);
  await fetch(`/session/otp/${key}`, { method: 'HEAD' });
  await fetch('/user-api-key/new?nonce=a-nonce&client_id=phone');
  await fetch('/latest', { method: 'M-SEARCH' });
  expect(entries.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    'GET /latest.json 200',
    'GET /t/[redacted] 404',
    'HEAD /session/otp/[redacted] 403',
    'GET /user-api-key/new 400',
    'M-SEARCH /latest 404',
  ]);
  expect(entries[0]).toEqual(
    expect.objectContaining({ time: '2026-11-23T12:00:00.000Z', ms: expect.any(Number) }),
  );
  expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${key.slice(0, 16)}|nonce|referer`));
});

test.each([
  ['uses the id of a proxy', '127.0.0.1', 'a-proxy-id', true],
  ['replaces an id with other characters', '127.0.0.1', 'id GET /forged 200', false],
  ['replaces the id of a client without a proxy', '', 'a-client-id', false],
  ['replaces the id of a client beside the proxy', '203.0.113.7', 'a-client-id', false],
])('request id: %s', async (_case, proxies, sent, isUsed) => {
  const entries: AccessLogEntry[] = [];
  const { url, close } = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: CHEAP_PASSWORDS,
    trustedProxies: proxies === '' ? [] : [proxies],
    accessLog: (entry) => void entries.push(entry),
  });
  onTestFinished(close);
  for (const path of ['/latest.json', '/user-api-key/new', '/none']) {
    entries.length = 0;
    const response = await fetch(url + path, { headers: { 'x-request-id': sent } });
    const id = response.headers.get('x-request-id') ?? '';
    expect(id).toMatch(isUsed ? /^a-proxy-id$/ : /^[\da-f-]{36}$/);
    expect(entries.map(({ requestId }) => requestId)).toEqual([id]);
  }
});
