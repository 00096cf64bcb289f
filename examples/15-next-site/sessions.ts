import { randomBytes } from 'node:crypto';
import type { Session } from '@valetkey/server';
import { findUser } from './accounts';

const shared = globalThis as { sessions?: Map<string, string> };
shared.sessions ??= new Map();
/** The users of the sessions, by the value of the cookie. One map for the process. */
const { sessions } = shared;

export function findSession(request: Request): Session | null {
  const [, id = ''] = /(?:^|;\s*)session=([\w-]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  const user = findUser(sessions.get(id));
  return user ? { id, user } : null;
}

/** Returns the cookie of a new session. */
export function createSession(userId: string): string {
  const id = randomBytes(32).toString('base64url');
  sessions.set(id, userId);
  const secure = process.env.BASE_URL?.startsWith('https:') ? '; Secure' : '';
  return `session=${id}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
