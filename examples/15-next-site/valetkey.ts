import { createValetkey, defineScopes, type Site, type Valetkey } from '@valetkey/server';
import { fetchKeys } from '@valetkey/server/fetch';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { findUser, findUserByUsername } from './accounts';
import { findSession } from './sessions';

const { PORT = '3000', BASE_URL = `http://127.0.0.1:${PORT}`, DATABASE = 'valetkey.sqlite' } = process.env;

const site: Site = {
  name: 'Plum Photos',
  baseUrl: BASE_URL,
  findSession,
  loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
  findUser,
  findUserByUsername,
};
const scopes = defineScopes({
  'photos:read': { sentence: 'See your photos', permissions: ['GET /photos'] },
  'photos:write': { sentence: 'Add photos', permissions: ['POST /photos'] },
});

const shared = globalThis as { valetkey?: Promise<Valetkey> };

/** Opened by the first request, not by a build. One for the process: Next.js loads this module several times. */
export async function getKeys() {
  shared.valetkey ??= createValetkey({ site, scopes, store: createSqliteStore({ path: DATABASE }) });
  // A header that your proxy always sets: a client can choose all others.
  const ipAddress = (request: Request) => request.headers.get('x-real-ip') ?? '';
  return fetchKeys(await shared.valetkey, { ipAddress });
}
