import { once } from 'node:events';
import { connect } from 'node:net';
import { keyRequest, query } from '@valetkey/test-support/app-request';
import { readForm } from '@valetkey/test-support/page-form';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GatewayLogEntry } from '../src/http/gateway-parts.ts';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
let entries: GatewayLogEntry[] = [];
let failures: string[] = [];
/** Resolve when their entries are logged. */
let waiting: { count: number; resolve: () => void }[] = [];

beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await site.close();
  await service.close();
});

async function start(more = ''): Promise<void> {
  entries = [];
  failures = [];
  waiting = [];
  site = await startGatewaySite(configFor(service.url, more), {
    now: () => Date.UTC(2026, 10, 27),
    log(entry) {
      entries.push(entry);
      for (const { count, resolve } of waiting) if (entries.length >= count) resolve();
    },
    reportError: (error, requestId) => void failures.push(`${requestId} ${error}`),
  });
}

const logged = (count: number) =>
  entries.length >= count
    ? Promise.resolve()
    : new Promise<void>((resolve) => void waiting.push({ count, resolve }));

async function exchange(text: string): Promise<string> {
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  const [first] = await once(socket, 'data');
  socket.destroy();
  return String(first);
}

const upgrade = (headers: string) =>
  `GET /api/live HTTP/1.1\r\nHost: wiki\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;

/** Sends requests of every kind; returns the ids of their responses. */
async function sendEach(key: string, headers: Record<string, string> = {}): Promise<(string | null)[]> {
  const ids: (string | null)[] = [];
  const requests: readonly [string, Record<string, string>][] = [
    ['/any', {}],
    ['/api/notes', { 'User-Api-Key': key }],
    ['/api/notes', { 'User-Api-Key': '0'.repeat(32) }],
    ['/user-api-key/scopes.json', {}],
    ['/a//b', {}],
  ];
  for (const [path, own] of requests) {
    const response = await fetch(site.url + path, { headers: { ...headers, ...own } });
    await response.text();
    ids.push(response.headers.get('x-request-id'));
  }
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  for (const credential of [`User-Api-Key: ${key}\r\n`, `User-Api-Key: ${'0'.repeat(32)}\r\n`]) {
    const head = await exchange(upgrade(sent.join('') + credential));
    ids.push(/^x-request-id: (.*)\r$/im.exec(head)?.[1] ?? null);
  }
  return ids;
}

const seenByService = () => service.received.map(({ headers }) => headers['x-request-id']);

describe('request ids', () => {
  test('response, log and service have the same id for each request, and different ones for different requests', async () => {
    await start();
    const key = await site.approve();
    entries = [];
    const ids = await sendEach(key);
    await logged(ids.length);
    expect(entries.map(({ requestId }) => requestId)).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(entries.map(({ decision, status, code, user }) => [decision, status, code, user])).toEqual([
      ['anonymous', 200, null, null],
      ['key', 200, null, 'id-alice'],
      ['refused', 403, 'key_unknown', null],
      ['own', 200, null, null],
      ['refused', 400, 'path_ambiguous', null],
      ['key', 101, null, 'id-alice'],
      ['refused', 403, 'key_unknown', null],
    ]);
    expect(seenByService()).toEqual([ids[0], ids[1], ids[5]]);
  });

  test.each([
    ['of a client', '', 'f00d-1'],
    ['in another form of a trusted proxy', 'trusted_proxies: [127.0.0.1]', 'f00d 1'],
    ['of a peer that is no proxy', 'trusted_proxies: [203.0.113.7]', 'f00d-1'],
  ])('an id %s is replaced', async (_, more, sent) => {
    await start(more);
    const ids = await sendEach(await site.approve(), { 'X-Request-Id': sent, 'X_Request-Id': sent });
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify([entries, service.received])).not.toContain('f00d');
  });

  test.each(['trusted_proxies: [127.0.0.1]', 'forward_auth: { from: [127.0.0.1] }'])(
    'an id of a proxy is used, with %s',
    async (more) => {
      await start(more);
      const key = await site.approve();
      entries = [];
      const ids = await sendEach(key, { 'X-Request-Id': 'f00d-1' });
      await logged(ids.length);
      expect(new Set([...ids, ...seenByService(), ...entries.map(({ requestId }) => requestId)])).toEqual(
        new Set(['f00d-1']),
      );
    },
  );

  test('the id of the service does not replace that of the gateway', async () => {
    await service.close();
    service = await startService((_, response) => response.setHeader('X-Request-Id', 'own').end());
    await start();
    const response = await fetch(`${site.url}/any`);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a failure is reported with the id of its response', async () => {
    await start();
    await service.close();
    const response = await fetch(`${site.url}/valetkey/apps`, { headers: { cookie: 'user=alice' } });
    expect(response.status).toBe(502);
    const id = response.headers.get('x-request-id');
    expect(failures).toEqual([expect.stringMatching(`^${id} AccountsError: .*/whoami cannot be reached`)]);
    service = await startService();
  });
});

test('access log: no line and no report contains a secret, wherever it is in the request', async () => {
  await start();
  const secrets: string[] = [];
  const note = (secret: string): string => {
    secrets.push(secret);
    return secret;
  };
  const key = note(await site.approve());
  const cookie = `user=alice; session=${note('the-session-of-the-service')}`;
  const nonce = note('a-nonce-to-compare');
  const request = query(keyRequest({ nonce, scopes: 'notes_read', auth_redirect: null }));
  const page = await fetch(`${site.url}/user-api-key/new${request}`, { headers: { cookie } });
  const visitor = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  note(visitor.split('=')[1] ?? '');
  const form = readForm(await page.text(), '/user-api-key');
  note(form.authenticity_token ?? '');
  const approved = await fetch(`${site.url}/user-api-key.json`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { cookie: `${cookie}; ${visitor}`, accept: 'application/json' },
  });
  const payload = note(((await approved.json()) as { payload: string }).payload.replaceAll('\n', ''));
  const password = note('p0uring-plums');
  const places: readonly (readonly [string, Record<string, string>?])[] = [
    ['/api/notes', { 'User-Api-Key': key }],
    ['/api/notes', { Authorization: `Bearer ${key}` }],
    ['/api/notes', { Authorization: `Basic ${note(btoa(`alice:${password}`))}` }],
    ['/api/notes', { 'X-Request-Id': key }],
    ['/api/notes', { [`X-${key}`]: 'x', Referer: `${site.url}/?user_api_key=${key}`, 'User-Agent': key }],
    [`/api/notes?user_api_key=${key}`],
    [`/api/notes/${key}`],
    [`/any?payload=${encodeURIComponent(payload)}`],
    [`/${encodeURIComponent(payload)}`],
    [`/login?next=${encodeURIComponent(`/x?password=${password}&user_api_key=${key}`)}`],
    [`/a//b/${key}`],
    [`/%2e%2e/${[...key].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')}`],
    [`/x;key=${key}`],
  ];
  for (const [path, headers] of places)
    await (await fetch(site.url + path, { headers: headers ?? {} })).text();
  await exchange(upgrade(`User-Api-Key: ${key}\r\nCookie: ${cookie}\r\n`));
  await exchange(upgrade(`User-Api-Key: ${key}\r\n`).replace('/api/live', `/api/live?user_api_key=${key}`));
  await exchange(`GET /x HTTP/1.1\r\nHost: a\r\nHost: ${key}\r\n\r\n`);
  await service.close();
  await fetch(`${site.url}/valetkey/apps`, { headers: { cookie } });
  await fetch(`${site.url}/api/notes`, { headers: { 'User-Api-Key': key } });
  service = await startService();

  await logged(places.length + 7);
  const text = [...entries.map((entry) => JSON.stringify(entry)), ...failures].join('\n');
  expect(text.split('\n').length).toBeGreaterThan(places.length + 7);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10);
    // Half a secret is a secret too.
    for (const part of [secret.slice(0, 16), secret.slice(-16)]) expect(text).not.toContain(part);
  }
  expect(text).not.toMatch(/[?;]|%[3-7][0-9a-f]/i);
});
