// How the site signs users in. Keep your own; it must redirect to return_to afterwards.
import type { FastifyPluginAsync } from 'fastify';
import { checkPassword } from './accounts.ts';

declare module 'fastify' {
  interface Session {
    userId?: string;
  }
}

const FORM = `<!doctype html><title>Sign in</title><form method="post">
<label>User name <input name="username"></label> <label>Password <input name="password" type="password"></label>
<button>Sign in</button></form>`;

interface SignInRoute {
  Body: { username?: string; password?: string } | undefined;
  Querystring: { return_to?: string };
}

// Only for browsers: a request with a key is refused.
const config = { valetkey: 'session' } as const;

export const signIn: FastifyPluginAsync = async (app) => {
  app.get('/login', { config }, async (_request, reply) => reply.type('text/html').send(FORM));
  app.post<SignInRoute>('/login', { config }, async (request, reply) => {
    const user = checkPassword(String(request.body?.username), String(request.body?.password));
    if (!user) return reply.code(403).type('text/html').send(FORM);
    // A new session, so that nobody can know its id from before.
    await request.session.regenerate();
    request.session.userId = user.id;
    return reply.redirect(localPath(request.query.return_to), 303);
  });
};

/** Only paths on this site: a link to the sign-in page must not lead elsewhere. */
function localPath(returnTo: unknown): string {
  return typeof returnTo === 'string' && /^\/(?![/\\])/.test(returnTo) ? returnTo : '/';
}
