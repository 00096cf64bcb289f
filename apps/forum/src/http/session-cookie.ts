import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { parse, serialize } from 'hono/utils/cookie';

const NAME = '_forum_session';
const MAX_AGE_SECONDS = 60 * 86_400;

/** HttpOnly: no script reads the cookie. Lax: no form of another site sends it. */
const optionsFor = (isHttps: boolean) => ({ httpOnly: true, sameSite: 'Lax', secure: isHttps }) as const;

/** Returns the session id that a browser sent; empty if it sent none. */
export const readSessionCookie = (request: Request): string =>
  parse(request.headers.get('cookie') ?? '', NAME)[NAME] ?? '';

export const setSessionCookie = (c: Context, id: string, isHttps: boolean): void =>
  setCookie(c, NAME, id, { ...optionsFor(isHttps), maxAge: MAX_AGE_SECONDS });

export const deleteSessionCookie = (c: Context, isHttps: boolean): void =>
  void deleteCookie(c, NAME, optionsFor(isHttps));

/** Returns the value of `Set-Cookie` that deletes the cookie. */
export const expiredSessionCookie = (isHttps: boolean): string =>
  serialize(NAME, '', { ...optionsFor(isHttps), path: '/', maxAge: 0 });

/** Returns the cookie as a browser sends it. */
export const cookiePair = (id: string): string => `${NAME}=${id}`;
