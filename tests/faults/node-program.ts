// One node of a site with several: verifies keys and serves the endpoints. A process, so that it can be paused and killed.
// Arguments: the URL of PostgreSQL, its own IP address, and optionally the URL of Valkey. Prints its own URL.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createValetkey, type Site, type SiteUser } from '@valetkey/server';
import { openPostgresStore } from '@valetkey/sql-store/postgres';
import { openValkey } from '@valetkey/valkey';

const [, , databaseUrl = '', ipAddress = '', valkeyUrl] = process.argv;
const baseUrl = 'http://forum.example';
const alice: SiteUser = {
  id: 'alice',
  username: 'alice',
  avatarTemplate: null,
  isAdmin: false,
  isStaff: false,
  isSuspended: false,
  groups: ['everyone'],
};
const site: Site = {
  name: 'Plum Forum',
  baseUrl,
  findSession: () => null,
  loginUrl: () => '/login',
  findUser: () => alice,
  findUserByUsername: () => alice,
};
const store = await openPostgresStore({ url: databaseUrl });
const limiters = valkeyUrl === undefined ? {} : openValkey({ url: valkeyUrl });
const valetkey = await createValetkey({ site, store, ...limiters });

async function answer({ method = 'GET', url = '/', headers }: IncomingMessage): Promise<Response> {
  const request = new Request(new URL(url, baseUrl), {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
  });
  const own = await valetkey.fetch(request, { ipAddress });
  if (own) return own;
  const result = await valetkey.authorize(request, { name: 'list#latest', format: 'json' }, { ipAddress });
  return result.kind === 'refused' ? result.response() : Response.json({ code: result.kind });
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await answer(incoming);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}

const server = createServer((incoming, outgoing) => {
  respond(incoming, outgoing).catch((error: unknown) => {
    console.error(error);
    outgoing.destroy();
  });
});
server.listen(0, ipAddress, () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`http://${ipAddress}:${address.port}`);
});
