// How the site signs users in. Keep your own; it must redirect to return_to afterwards.
import { randomBytes } from 'node:crypto';
import type { Session } from '@valetkey/server';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { checkPassword, findUser } from './accounts.ts';

/** The users of the sessions, by the value of the cookie. */
const sessions = new Map<string, string>();

export function findSession(c: Context): Session | null {
  const id = getCookie(c, 'session') ?? '';
  const user = findUser(sessions.get(id));
  return user ? { id, user } : null;
}

const FORM = `<!doctype html><title>Sign in</title><form method="post">
<label>User name <input name="username"></label> <label>Password <input name="password" type="password"></label>
<button>Sign in</button></form>`;

export const signIn = new Hono();

signIn.get('/', (c) => c.html(FORM));
signIn.post('/', async (c) => {
  const { username, password } = await c.req.parseBody();
  const user = checkPassword(String(username), String(password));
  if (!user) return c.html(FORM, 403);
  const id = randomBytes(32).toString('base64url');
  sessions.set(id, user.id);
  setCookie(c, 'session', id, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: c.req.url.startsWith('https:'),
  });
  return c.redirect(localPath(c.req.query('return_to')), 303);
});

/** Only paths on this site: a link to the sign-in page must not lead elsewhere. */
function localPath(returnTo: string | undefined): string {
  return returnTo !== undefined && /^\/(?![/\\])/.test(returnTo) ? returnTo : '/';
}
