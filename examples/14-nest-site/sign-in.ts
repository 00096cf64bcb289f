// How the site signs users in. Keep your own; it must redirect to return_to afterwards.
import express, { type Express } from 'express';
import { checkPassword } from './accounts.js';

declare module 'express-session' {
  interface SessionData {
    userId: string;
  }
}

const FORM = `<!doctype html><title>Sign in</title><form method="post">
<label>User name <input name="username"></label> <label>Password <input name="password" type="password"></label>
<button>Sign in</button></form>`;

export function addSignIn(app: Express): void {
  app.get('/login', (_req, res) => void res.type('html').send(FORM));
  app.post('/login', express.urlencoded(), (req, res, next) => {
    const user = checkPassword(String(req.body?.username), String(req.body?.password));
    if (!user) return void res.status(403).type('html').send(FORM);
    // A new session, so that nobody can know its id from before.
    req.session.regenerate((error) => {
      if (error) return next(error);
      req.session.userId = user.id;
      res.redirect(303, localPath(req.query.return_to));
    });
  });
}

/** Only paths on this site: a link to the sign-in page must not lead elsewhere. */
function localPath(returnTo: unknown): string {
  return typeof returnTo === 'string' && /^\/(?![/\\])/.test(returnTo) ? returnTo : '/';
}
