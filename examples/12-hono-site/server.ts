import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createValetkey, defineScopes, type Site } from '@valetkey/server';
import { honoKeys, type RequestPrincipal } from '@valetkey/server/hono';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { findUser, findUserByUsername } from './accounts.ts';
import { findSession, signIn } from './sign-in.ts';

const { PORT = '3000', BASE_URL = `http://127.0.0.1:${PORT}`, DATABASE = 'valetkey.sqlite' } = process.env;

const site: Site<Context> = {
  name: 'Plum Photos',
  baseUrl: BASE_URL,
  findSession: (_request, { native }) => (native ? findSession(native) : null),
  loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
  findUser,
  findUserByUsername,
};
const scopes = defineScopes({
  'photos:read': { sentence: 'See your photos', permissions: ['GET /photos'] },
  'photos:write': { sentence: 'Add photos', permissions: ['POST /photos'] },
});
const valetkey = await createValetkey({ site, scopes, store: createSqliteStore({ path: DATABASE }) });
// Behind a proxy, return the IP address that the proxy reports.
const keys = honoKeys(valetkey, { ipAddress: (c) => getConnInfo(c).remote.address ?? '' });

const app = new Hono();
app.use(keys.endpoints());
app.route('/login', signIn);

/** The user of the key; without a key, that of the session. */
function requireUser(c: Context, principal: RequestPrincipal) {
  const user = principal.kind === 'anonymous' ? findSession(c)?.user : principal.user;
  if (!user)
    throw new HTTPException(401, {
      res: Response.json({ error: 'Sign in, or send a key.' }, { status: 401 }),
    });
  return user;
}

const photos = new Map([['1', ['Plums in a bowl']]]);

app.get('/photos', keys.guard('/photos'), (c) => {
  const { id, username } = requireUser(c, c.var.principal);
  return c.json({ of: username, photos: photos.get(id) ?? [] });
});
app.post('/photos', keys.guard('/photos'), async (c) => {
  const { id, username } = requireUser(c, c.var.principal);
  const { title } = await c.req.json<{ title: string }>();
  photos.set(id, [...(photos.get(id) ?? []), title]);
  return c.json({ of: username, photos: photos.get(id) }, 201);
});

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, () =>
  console.log(`Serving ${BASE_URL}`),
);
