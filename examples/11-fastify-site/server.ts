import { randomBytes } from 'node:crypto';
import cookies from '@fastify/cookie';
import forms from '@fastify/formbody';
import session from '@fastify/session';
import { createValetkey, defineScopes, type Site } from '@valetkey/server';
import { fastifyKeys } from '@valetkey/server/fastify';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import fastify, { type FastifyRequest } from 'fastify';
import { findUser, findUserByUsername } from './accounts.ts';
import { signIn } from './sign-in.ts';

const { PORT = '3000', BASE_URL = `http://127.0.0.1:${PORT}`, DATABASE = 'valetkey.sqlite' } = process.env;

const site: Site<FastifyRequest> = {
  name: 'Plum Photos',
  baseUrl: BASE_URL,
  findSession(_request, { native }) {
    const user = findUser(native?.session.userId);
    return user && native ? { id: native.session.sessionId, user } : null;
  },
  loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
  findUser,
  findUserByUsername,
};
const scopes = defineScopes({
  'photos:read': { sentence: 'See your photos', permissions: ['GET /photos'] },
  'photos:write': { sentence: 'Add photos', permissions: ['POST /photos'] },
});
const valetkey = await createValetkey({ site, scopes, store: createSqliteStore({ path: DATABASE }) });

const app = fastify();
await app.register(forms);
await app.register(cookies);
await app.register(session, {
  secret: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'),
  saveUninitialized: false,
  cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto' },
});
// After the sessions, and before all routes.
await app.register(fastifyKeys, { valetkey });
await app.register(signIn);

/** The user of the key; without a key, that of the session. */
function requireUser({ principal, session }: FastifyRequest) {
  const user = principal.kind === 'anonymous' ? findUser(session.userId) : principal.user;
  if (!user) throw Object.assign(new Error('Sign in, or send a key.'), { statusCode: 401 });
  return user;
}

const photos = new Map([['1', ['Plums in a bowl']]]);

// Scopes name these routes by method and path.
app.get('/photos', { config: { valetkey: {} } }, async (request) => {
  const { id, username } = requireUser(request);
  return { of: username, photos: photos.get(id) ?? [] };
});
app.post<{ Body: { title: string } }>('/photos', { config: { valetkey: {} } }, async (request, reply) => {
  const { id, username } = requireUser(request);
  photos.set(id, [...(photos.get(id) ?? []), request.body.title]);
  reply.code(201);
  return { of: username, photos: photos.get(id) };
});

await app.listen({ port: Number(PORT), host: '127.0.0.1' });
console.log(`Serving ${BASE_URL}`);
