import { createValetkey, defineScopes, type Site } from '@valetkey/server';
import { expressKeys } from '@valetkey/server/express';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import type { Request } from 'express';
import { findUser, findUserByUsername } from './accounts.js';

const { PORT = '3000', BASE_URL = `http://127.0.0.1:${PORT}`, DATABASE = 'valetkey.sqlite' } = process.env;

const site: Site<Request> = {
  name: 'Plum Photos',
  baseUrl: BASE_URL,
  findSession(_request, { native }) {
    const user = findUser(native?.session.userId);
    return user && native ? { id: native.sessionID, user } : null;
  },
  loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
  findUser,
  findUserByUsername,
};
const scopes = defineScopes({
  'photos:read': { sentence: 'See your photos', permissions: ['GET /photos'] },
  'photos:write': { sentence: 'Add photos', permissions: ['POST /photos'] },
});
export const keys = expressKeys(
  await createValetkey({ site, scopes, store: createSqliteStore({ path: DATABASE }) }),
);
