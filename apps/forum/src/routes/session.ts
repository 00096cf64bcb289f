import { ValetkeyError } from '@valetkey/protocol';
import type { ForumSession } from '../data/sessions.ts';
import { isSuspended, type User } from '../data/users.ts';
import { notAllowed, notFound } from '../http/forum-error.ts';
import { localPath } from '../http/local-path.ts';
import { readText } from '../http/read-body.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { deleteSessionCookie, setSessionCookie } from '../http/session-cookie.ts';
import { inLayout } from '../pages/in-layout.ts';
import { loginPage, oneTimePasswordForm } from '../pages/user-pages.ts';
import { currentUser, isoTime } from '../shapes/user-shape.ts';

const isHttps = ({ forum }: RouteContext): boolean => forum.baseUrl.startsWith('https:');

/** Returns the browser's session, created now if there is none, because a CSRF token belongs to a session. */
async function ensureSession(context: RouteContext): Promise<ForumSession> {
  if (context.session) return context.session;
  const { id, session } = await context.forum.sessions.create(null);
  setSessionCookie(context.c, id, isHttps(context));
  return session;
}

/** Signs in with a new session id, which prevents session fixation. */
async function beginSession(context: RouteContext, user: User): Promise<void> {
  if (context.session) await context.forum.sessions.remove(context.session.idHash);
  const { id } = await context.forum.sessions.create(user.id);
  setSessionCookie(context.c, id, isHttps(context));
}

const currentUserOf = async ({ forum }: RouteContext, user: User) =>
  currentUser(user, await forum.notifications.unreadCount(user.id));

/** A link that signs in is neither cached nor sent as a referrer (PROTOCOL.md#sign-in-with-a-one-time-password). */
const PRIVATE = {
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
  Expires: '0',
  'Referrer-Policy': 'same-origin',
};

type LoginOutcome = { readonly user: User } | { readonly problem: string };

async function signIn(context: RouteContext): Promise<LoginOutcome> {
  const { forum, body, ipAddress, now } = context;
  await forum.signInLimit.count(ipAddress, now);
  const named = forum.users.findByUsername(readText(body, 'login').trim());
  const user = named && (await forum.users.reload(named.id));
  const isRight = await forum.passwords.verify(user?.passwordHash ?? null, readText(body, 'password'));
  if (!user || !isRight) return { problem: 'Incorrect username, email or password' };
  if (isSuspended(user, now)) {
    return {
      problem: `You can’t log in until ${isoTime(user.suspendedUntil ?? 0)}. Reason: ${user.suspendedReason ?? 'none given'}`,
    };
  }
  await beginSession(context, user);
  return { user };
}

async function signOut(context: RouteContext): Promise<void> {
  if (context.session) await context.forum.sessions.remove(context.session.idHash);
  deleteSessionCookie(context.c, isHttps(context));
}

async function loginForm(
  context: RouteContext,
  form: { returnTo: string; username: string; problem: string | null },
) {
  const content = loginPage({ ...form, csrfToken: (await ensureSession(context)).csrfToken });
  return inLayout(context, 'Sign in', content);
}

export const sessionRoutes: readonly Route[] = [
  {
    name: 'session#csrf',
    method: 'GET',
    path: '/session/csrf',
    who: 'session',
    json: async (context) => ({ csrf: (await ensureSession(context)).csrfToken }),
  },
  {
    name: 'session#create',
    method: 'POST',
    path: '/session',
    who: 'session',
    async json(context) {
      const outcome = await signIn(context);
      // Discourse responds to a wrong password with 200 and `error`, and its clients expect that.
      return 'user' in outcome
        ? { user: await currentUserOf(context, outcome.user) }
        : { error: outcome.problem };
    },
  },
  {
    name: 'session#current',
    method: 'GET',
    path: '/session/current',
    who: 'public',
    async json(context) {
      if (!context.user) throw notFound();
      return { current_user: await currentUserOf(context, context.user) };
    },
  },
  {
    name: 'session#destroy',
    method: 'DELETE',
    path: '/session/:username',
    who: 'session',
    async json(context) {
      const { user, parameters } = context;
      if (user?.username.toLowerCase() !== parameters.username?.toLowerCase()) throw notAllowed();
      await signOut(context);
      return { success: 'OK', redirect_url: '/' };
    },
  },
  {
    name: 'session#login_form',
    method: 'GET',
    path: '/login',
    who: 'session',
    html(context) {
      const returnTo = localPath(context.query.get('return_to'));
      const isSignedIn = context.user !== null && context.query.get('switch') !== '1';
      if (isSignedIn) return context.c.redirect(returnTo, 303);
      const username = context.query.get('login_hint') ?? '';
      return loginForm(context, { returnTo, username, problem: null });
    },
  },
  {
    name: 'session#login',
    method: 'POST',
    path: '/login',
    who: 'session',
    async html(context) {
      const returnTo = localPath(readText(context.body, 'return_to'));
      const username = readText(context.body, 'login');
      const outcome = await signIn(context);
      return 'user' in outcome
        ? context.c.redirect(returnTo, 303)
        : context.c.html(await loginForm(context, { returnTo, username, problem: outcome.problem }), 401);
    },
  },
  {
    name: 'session#one_time_password_form',
    method: 'GET',
    path: '/session/otp/:token',
    who: 'session',
    headers: PRIVATE,
    async html(context) {
      const user = await context.valetkey.findOneTimePassword(context.parameters.token ?? '');
      if (!user) throw new ValetkeyError('one_time_password_invalid');
      const content = oneTimePasswordForm(
        user.username,
        context.parameters.token ?? '',
        (await ensureSession(context)).csrfToken,
      );
      return inLayout(context, 'Sign in', content);
    },
  },
  {
    name: 'session#one_time_password',
    method: 'POST',
    path: '/session/otp/:token',
    who: 'session',
    headers: PRIVATE,
    async html(context) {
      const siteUser = await context.valetkey.consumeOneTimePassword(context.parameters.token ?? '', context);
      const user = siteUser && (await context.forum.users.reload(Number(siteUser.id)));
      if (!user) throw new ValetkeyError('one_time_password_invalid');
      await beginSession(context, user);
      return context.c.redirect('/', 303);
    },
  },
  {
    name: 'session#logout',
    method: 'POST',
    path: '/logout',
    who: 'session',
    async html(context) {
      await signOut(context);
      return context.c.redirect('/', 303);
    },
  },
];
