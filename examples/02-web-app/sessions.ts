import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A signed-in user. The key stays on the server and is never sent to a browser. */
export interface Session {
  readonly username: string;
  readonly key: string;
}

/** Creates sessions in memory. A real app stores them in a database, with encrypted keys. */
export function createSessions(isHttps: boolean) {
  const known = new Map<string, Session>();
  const secure = isHttps ? '; Secure' : '';

  function cookie(name: string, value: string): string {
    return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`;
  }
  function readCookie(request: IncomingMessage, name: string): string | null {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
    return pairs.find(([other]) => other === name)?.[1] ?? null;
  }
  return {
    cookie,
    readCookie,
    /** Returns the cookie to set. */
    begin(session: Session): string {
      const id = randomBytes(32).toString('base64url');
      known.set(id, session);
      return cookie('session', id);
    },
    find: (request: IncomingMessage): Session | null =>
      known.get(readCookie(request, 'session') ?? '') ?? null,
    /** Ends a session and returns it. */
    end(request: IncomingMessage): Session | null {
      const id = readCookie(request, 'session') ?? '';
      const session = known.get(id) ?? null;
      known.delete(id);
      return session;
    },
  };
}
