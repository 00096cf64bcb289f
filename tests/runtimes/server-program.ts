// For the Node versions that @valetkey/server supports: a site with SQLite behind node:http, from approval to revocation.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createValetkey, type Site, type SiteUser, type Valetkey } from '@valetkey/server';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { keyRequest, open } from '@valetkey/test-support/app-request';
import { same } from './program.ts';

const alice: SiteUser = {
  id: '1',
  username: 'alice',
  avatarTemplate: null,
  isAdmin: true,
  isStaff: true,
  isSuspended: false,
  groups: ['trust_level_0', 'trust_level_1'],
};
const folder = mkdtempSync(join(tmpdir(), 'valetkey-server-'));
const file = join(folder, 'valetkey.sqlite');
const ipAddress = '127.0.0.1';
let valetkey: Valetkey<IncomingMessage>;

const server = createServer(async (incoming, outgoing) => {
  const { method = 'GET', url = '/' } = incoming;
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const parsedBody = Object.fromEntries(new URLSearchParams(await read(incoming)));
  const request = new Request(new URL(url, site.baseUrl), { method, headers });
  const own = await valetkey.fetch(request, { ipAddress, native: incoming, parsedBody });
  await respond(own ?? (await answerOwnRoute(request)), outgoing);
});
server.listen(0, ipAddress);
await once(server, 'listening');

const site: Site<IncomingMessage> = {
  name: 'Plum Forum',
  baseUrl: `http://${ipAddress}:${(server.address() as AddressInfo).port}`,
  findSession: (_request, { native }) =>
    native?.headers.cookie === 'session=alice' ? { id: 'session-of-alice', user: alice } : null,
  loginUrl: () => '/login',
  findUser: (id) => (id === alice.id ? alice : null),
  findUserByUsername: (username) => (username === 'alice' ? alice : null),
};

async function answerOwnRoute(request: Request): Promise<Response> {
  const route = { name: 'list#latest', format: 'json' };
  const result = await valetkey.authorize(request, route, { ipAddress });
  if (result.kind === 'refused') return result.response();
  return Response.json({ user: result.kind === 'key' ? result.principal.user.username : null });
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return text;
}

async function respond(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** Starts the program again on the same file. */
const start = () => createValetkey({ site, store: createSqliteStore({ path: file }) });

async function post(path: string, values: Record<string, string>, headers: Record<string, string>) {
  const body = new URLSearchParams(values);
  const response = await fetch(site.baseUrl + path, { method: 'POST', body, headers });
  return { status: response.status, body: await response.json() };
}

async function readLatest(key: string) {
  const response = await fetch(`${site.baseUrl}/latest.json`, { headers: { 'User-Api-Key': key } });
  return { status: response.status, body: (await response.json()) as { user?: string } };
}

const store = createSqliteStore({ path: file });
// A failed transaction must leave the connection usable. Node 22.13 has no `isTransaction` to tell whether one is open.
const failed = await store
  .saveSettings(new Map([['cors_origins', 'https://evil.example']]), () => {
    throw new Error('The audit fails.');
  })
  .then(() => 'saved', String);
same(failed, 'Error: The audit fails.');

valetkey = await createValetkey({ site, store });
same(valetkey.settings.current().cors_origins, []);
const cookie = { cookie: 'session=alice' };
const request = keyRequest({ auth_redirect: null, padding: 'oaep' });
same((await post('/user-api-key.json', request, cookie)).status, 403);
const page = await (
  await fetch(`${site.baseUrl}/user-api-key/new?${new URLSearchParams(request)}`, { headers: cookie })
).text();
const [, token = ''] = /name="authenticity_token" value="([\w-]+)"/.exec(page) ?? [];
const approved = await post('/user-api-key.json', { ...request, authenticity_token: token }, cookie);
same(approved.status, 200);
const { key } = open(approved.body.payload, 'oaep');
same((await readLatest(key)).body.user, 'alice');
same((await readLatest('a'.repeat(32))).status, 403);

await valetkey.close();
valetkey = await start();
same((await readLatest(key)).body.user, 'alice');
same(valetkey.verifyCsrfToken('session-of-alice', token), true);
same((await post('/user-api-key/revoke.json', {}, { 'User-Api-Key': key })).status, 200);
same((await readLatest(key)).status, 403);

await valetkey.close();
server.close();
server.closeAllConnections();
rmSync(folder, { recursive: true });
