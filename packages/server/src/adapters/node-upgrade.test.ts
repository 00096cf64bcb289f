import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { hashKey } from '../core/key/hash-key.ts';
import { discourseScopes } from '../core/scopes/discourse-scopes.ts';
import { createInProcessChangeFeed } from '../in-process/in-process-change-feed.ts';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import { nodeKeys, type RequestPrincipal } from './node.ts';
import { listen } from './test-support/listen.ts';

// The connections stay real; the check of expiries once a second does not.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
const endings: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const end of endings.splice(0)) await end();
});

const LIVE = { sentence: 'Follow changes', permissions: [{ route: 'live', methods: ['GET'] }] } as const;

/** A site with a WebSocket for `live` that records what it receives. */
async function startLiveSite() {
  const store = createMemoryStore();
  const { findKeyByHash } = store;
  const state = { isStoreBroken: false };
  store.findKeyByHash = (hash) =>
    state.isStoreBroken ? Promise.reject(new Error('connection lost')) : findKeyByHash(hash);
  const changeFeed = createInProcessChangeFeed();
  const site = await createTestSite({ store, changeFeed, scopes: { ...discourseScopes, live: LIVE } });
  await site.valetkey.settings.set('allow_user_api_key_scopes', 'read|live|session_info');
  const sockets = new WebSocketServer({ noServer: true });
  const received: string[] = [];
  const accepted: [RequestPrincipal, IncomingMessage][] = [];
  const server = createServer();
  const keys = nodeKeys(site.valetkey);
  server.on(
    'upgrade',
    keys.upgrade('live', (req, socket, head, principal) => {
      accepted.push([principal, req]);
      sockets.handleUpgrade(req, socket, head, (live) => {
        live.on('message', (data) => received.push(String(data)));
        live.send('hello');
      });
    }),
  );
  const { port, stop } = await listen(server);
  endings.push(() => sockets.clients.forEach((client) => void client.terminate()), stop, site.valetkey.close);
  const connect = (headers: Record<string, string>) => new WebSocket(`ws://127.0.0.1:${port}/`, { headers });
  return { site, changeFeed, state, received, accepted, connect };
}

/** Resolves with the status and reason when the connection is closed. */
async function closing(socket: WebSocket): Promise<[number, string]> {
  const [status, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [status, String(reason)];
}

describe('upgrade', () => {
  test('a valid key: accepted, with its user and without the cookies', async () => {
    const { site, connect, accepted } = await startLiveSite();
    const { key } = await site.approve({ scopes: 'live' });
    const socket = connect({ 'User-Api-Key': key, Cookie: 'session=bob' });
    expect(String((await once(socket, 'message'))[0])).toBe('hello');
    expect(accepted).toMatchObject([[{ kind: 'user_api_key', user: { username: 'alice' } }, {}]]);
    expect(accepted[0]?.[1].headers.cookie).toBeUndefined();
  });

  test('a revoked key: closed with 1008 and the code, and nothing that it sends afterwards is received', async () => {
    const { site, connect, received } = await startLiveSite();
    const { key } = await site.approve({ scopes: 'live' });
    const other = await site.approve({ scopes: 'live', client_id: 'client-2' });
    const [socket, kept] = [connect({ 'User-Api-Key': key }), connect({ 'User-Api-Key': other.key })];
    await Promise.all([once(socket, 'message'), once(kept, 'message')]);
    socket.send('before');
    await vi.waitFor(() => expect(received).toEqual(['before']));
    const closed = closing(socket);
    await site.send('/user-api-key/revoke', { method: 'POST', headers: { 'User-Api-Key': key } });
    socket.send('after');
    expect(await closed).toEqual([1008, 'key_revoked']);
    kept.send('other');
    await vi.waitFor(() => expect(received).toEqual(['before', 'other']));
  });

  test('an expired key: closed with 1008 and the code', async () => {
    const { site, connect } = await startLiveSite();
    const { key } = await site.approve({ scopes: 'live', expires_in_seconds: '60' });
    const socket = connect({ 'User-Api-Key': key });
    await once(socket, 'message');
    const closed = closing(socket);
    site.advance(60_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await closed).toEqual([1008, 'key_expired']);
  });

  test('a store that fails when the key is checked again: closed with 1013', async () => {
    const { site, changeFeed, state, connect } = await startLiveSite();
    const { key } = await site.approve({ scopes: 'live' });
    const socket = connect({ 'User-Api-Key': key });
    await once(socket, 'message');
    const closed = closing(socket);
    state.isStoreBroken = true;
    await changeFeed.publish({ kind: 'key', id: hashKey(key) });
    expect(await closed).toEqual([1013, 'store_unavailable']);
  });

  test.each([
    ['an unknown key', 'f'.repeat(32), 'key_unknown'],
    ['a key without the scope', null, 'scope_insufficient'],
  ])('%s: refused with 403 and JSON, and not accepted', async (_name, given, code) => {
    const { site, connect, accepted } = await startLiveSite();
    const key = given ?? (await site.approve({ scopes: 'session_info' })).key;
    const socket = connect({ 'User-Api-Key': key });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    expect([response.statusCode, JSON.parse(await text(response))]).toEqual([
      403,
      expect.objectContaining({ code }),
    ]);
    expect(accepted).toEqual([]);
  });

  test('no key: accepted as anonymous, with the cookies, and not observed', async () => {
    const { connect, accepted } = await startLiveSite();
    const socket = connect({ Cookie: 'session=alice' });
    await once(socket, 'message');
    expect(accepted).toMatchObject([[{ kind: 'anonymous' }, { headers: { cookie: 'session=alice' } }]]);
  });

  test('an error of the site’s own functions: the connection is closed, and onError receives it', async () => {
    const failing = await createTestSite({
      site: {
        findUser() {
          throw new Error('users are down');
        },
      },
    });
    const { key } = await failing.approve();
    const errors: unknown[] = [];
    const server = createServer();
    const keys = nodeKeys(failing.valetkey, { onError: (error) => errors.push(error) });
    server.on(
      'upgrade',
      keys.upgrade('list#latest', () => expect.unreachable()),
    );
    const { port, stop } = await listen(server);
    endings.push(stop);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { 'User-Api-Key': key } });
    await once(socket, 'error');
    expect(errors).toEqual([expect.objectContaining({ message: 'users are down' })]);
  });
});
