import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createValetkey, defineScopes, type Site } from '@valetkey/server';
import { honoKeys, type RequestPrincipal } from '@valetkey/server/hono';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { auth, findSession, findUser, findUserByUsername } from './accounts.ts';
import { SIGN_IN_PAGE } from './sign-in-page.ts';

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
const valetkey = await createValetkey({ site, scopes, store: createSqliteStore({ path: DATABASE }) });
const keys = honoKeys(valetkey, { ipAddress: (c) => getConnInfo(c).remote.address ?? '' });

const app = new Hono();
// In any order: both look at the path first, and at the body only if it is theirs.
app.use(keys.endpoints());
app.on(['GET', 'POST'], '/api/auth/*', (c) => auth.handler(c.req.raw));
app.get('/login', (c) => c.html(SIGN_IN_PAGE));

/** The user of the key; without a key, that of the session. */
async function requireUser(c: Context, principal: RequestPrincipal) {
  const user = principal.kind === 'anonymous' ? (await findSession(c.req.raw))?.user : principal.user;
  if (!user)
    throw new HTTPException(401, {
      res: Response.json({ error: 'Sign in, or send a key.' }, { status: 401 }),
    });
  return user;
}

const photos = new Map([['alice', ['Plums in a bowl']]]);

app.get('/photos', keys.guard('/photos'), async (c) => {
  const { username } = await requireUser(c, c.var.principal);
  return c.json({ of: username, photos: photos.get(username) ?? [] });
});
app.post('/photos', keys.guard('/photos'), async (c) => {
  const { username } = await requireUser(c, c.var.principal);
  const { title } = await c.req.json<{ title: string }>();
  photos.set(username, [...(photos.get(username) ?? []), title]);
  return c.json({ of: username, photos: photos.get(username) }, 201);
});

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, () =>
  console.log(`Serving ${BASE_URL}`),
);
