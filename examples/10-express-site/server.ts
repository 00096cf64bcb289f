import { randomBytes } from 'node:crypto';
import { createValetkey, defineScopes, type Site } from '@valetkey/server';
import { expressKeys } from '@valetkey/server/express';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import express, { type Request } from 'express';
import session from 'express-session';
import { findUser, findUserByUsername } from './accounts.ts';
import { addSignIn } from './sign-in.ts';

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
const valetkey = await createValetkey({ site, scopes, store: createSqliteStore({ path: DATABASE }) });
const keys = expressKeys(valetkey);

const app = express();
app.use(
  session({
    secret: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto' },
  }),
);
app.use(keys.endpoints);
app.use(express.json());
addSignIn(app);

/** The user of the key; without a key, that of the session. */
const userOf = ({ principal, session }: Request) =>
  principal.kind === 'anonymous' ? findUser(session.userId) : principal.user;

const photos = new Map([['1', ['Plums in a bowl']]]);

app.get('/photos', keys.guard('/photos'), (req, res) => {
  const user = userOf(req);
  if (!user) return void res.status(401).json({ error: 'Sign in, or send a key.' });
  res.json({ of: user.username, photos: photos.get(user.id) ?? [] });
});
app.post('/photos', keys.guard('/photos'), (req, res) => {
  const user = userOf(req);
  if (!user) return void res.status(401).json({ error: 'Sign in, or send a key.' });
  photos.set(user.id, [...(photos.get(user.id) ?? []), String(req.body?.title)]);
  res.status(201).json({ of: user.username, photos: photos.get(user.id) });
});

app.listen(Number(PORT), '127.0.0.1', () => console.log(`Serving ${BASE_URL}`));
