import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccountsError } from '../src/accounts/accounts.ts';
import { createAskAccounts } from '../src/accounts/ask-accounts.ts';

const dispatcher = new Agent();
let server: Server;
let url: string;
let answer: RequestListener;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whoami`;
});
afterAll(async () => {
  await dispatcher.destroy();
  server.close();
  server.closeAllConnections();
});

const find = (timeoutMs: number) =>
  createAskAccounts({ kind: 'ask', url, login: '/login?next={return_to}' }, dispatcher, timeoutMs).find({
    headers: { cookie: 'user=alice' },
  } as never);

const ALICE = { id: 7, username: 'alice' };

test.each<[string, number, string, RegExp]>([
  ['a page', 200, '<p>alice</p>', /not JSON/],
  ['nothing', 200, '', /not JSON/],
  ['two objects', 200, '{"id": 7, "username": "alice"} {}', /not JSON/],
  ['null', 200, 'null', /not a JSON object/],
  ['a list', 200, JSON.stringify([ALICE]), /not a JSON object/],
  ['no id', 200, JSON.stringify({ username: 'alice' }), /id is not a text/],
  ['an object as id', 200, JSON.stringify({ ...ALICE, id: { $ne: 1 } }), /id is not a text/],
  ['a list as id', 200, JSON.stringify({ ...ALICE, id: [7] }), /id is not a text/],
  [
    'an id that JSON.parse rounds',
    200,
    '{"id": 9007199254740993, "username": "alice"}',
    /id is a number that/,
  ],
  ['a fraction as id', 200, JSON.stringify({ ...ALICE, id: 7.5 }), /id is a number that/],
  ['true as id', 200, JSON.stringify({ ...ALICE, id: true }), /id is not a text/],
  ['an empty name', 200, JSON.stringify({ ...ALICE, username: ' ' }), /username is not a text/],
  ['a name with a line break', 200, JSON.stringify({ ...ALICE, username: 'a\r\nX: y' }), /username is not/],
  ['a long name', 200, JSON.stringify({ ...ALICE, username: 'a'.repeat(201) }), /username is not a text/],
  ['a text as admin', 200, JSON.stringify({ ...ALICE, admin: 'false' }), /admin or suspended/],
  ['a number as suspended', 200, JSON.stringify({ ...ALICE, suspended: 0 }), /admin or suspended/],
  ['a text as groups', 200, JSON.stringify({ ...ALICE, groups: 'admins' }), /groups is not a list/],
  ['a redirect', 302, JSON.stringify(ALICE), /status 302/],
  ['an account with 201', 201, JSON.stringify(ALICE), /status 201/],
  ['an account with 500', 500, JSON.stringify(ALICE), /status 500/],
  ['64 KB and more', 200, JSON.stringify({ ...ALICE, more: 'a'.repeat(65_536) }), /larger than 65536 bytes/],
  ['64 KB and more with 401', 401, 'a'.repeat(70_000), /larger than 65536 bytes/],
])('%s is no account', async (_, status, body, reason) => {
  answer = (_request, response) => response.writeHead(status, { Location: '/other' }).end(body);
  const error = await find(5_000).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AccountsError);
  expect(String(error)).toMatch(reason);
});

test('a member __proto__ or constructor makes nobody an admin', async () => {
  answer = (_, response) =>
    response.end('{"id": 7, "username": "alice", "__proto__": {"admin": true}, "constructor": {}}');
  expect(await find(5_000)).toMatchObject({ id: '7', isAdmin: false, isSuspended: false });
});

test.each<[string, RequestListener]>([
  ['no response', () => {}],
  ['headers only', (_, response) => void response.writeHead(200).flushHeaders()],
  [
    'a byte now and then',
    (_, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    },
  ],
  [
    'an endless body',
    (_, response) => {
      const timer = setInterval(() => response.write(' '.repeat(20_000)), 1);
      response.on('close', () => clearInterval(timer));
    },
  ],
  ['half of an account', (_, response) => void response.writeHead(200, { 'Content-Length': 50 }).write('{')],
  ['a connection that is closed', (request) => request.socket.destroy()],
])('%s: fails in time, and the connection is closed', async (_, listener) => {
  const closed = Promise.withResolvers<void>();
  answer = (request, response) => {
    request.socket.on('close', closed.resolve);
    listener(request, response);
  };
  await expect(find(300)).rejects.toThrow(AccountsError);
  await closed.promise;
});
