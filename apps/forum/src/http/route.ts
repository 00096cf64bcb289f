import type { Valetkey } from '@valetkey/server';
import type { ForumSession } from '../data/sessions.ts';
import type { User } from '../data/users.ts';
import type { Forum } from '../forum-parts.ts';
import type { Html } from '../pages/layout.ts';
import type { Body } from './read-body.ts';

/** What a route's handler is given: everything parsed, and the person, if there is one, already proven. */
export interface RouteContext {
  readonly forum: Forum;
  readonly valetkey: Valetkey;
  readonly request: Request;
  /** The peer's IP address. */
  readonly ipAddress: string;
  /** From the path, decoded once, by the router. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly user: User | null;
  /** The browser's session; always null for a request with a key. */
  readonly session: ForumSession | null;
  /** `Set-Cookie` lines of the answer; only routes of the browser's session add any. */
  readonly cookies: string[];
  readonly now: number;
}

/** A context in which somebody is known: a session or a key. */
export type UserContext = RouteContext & { readonly user: User };

/**
 * Who may use a route:
 * - `public`: anybody, and any key whose scopes allow it
 * - `person`: somebody signed in, or a key that acts for them
 * - `session`: only a browser, signed in or about to; no key, whatever its scopes
 * - `admin session`: only an admin with a browser
 */
type Who = 'public' | 'user' | 'session' | 'admin session';

interface RouteOf<Context> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Hono's pattern, without `.json`: every route answers with and without it. */
  readonly path: string;
  /** What scopes speak of (PROTOCOL.md section 5). */
  readonly name: string;
  /**
   * Fields of the body that an admin key can be bound to (PROTOCOL.md section 12). The handler has to read each with
   * `readText` or `readId`, so that what was judged is what is done.
   */
  readonly judgedFields?: readonly string[];
  /** Of every answer, refusals too. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For clients. */
  readonly json?: (context: Context) => unknown;
  /** For people. */
  readonly html?: (context: Context) => Html | Response | Promise<Html | Response>;
  /** For feed readers. */
  readonly rss?: (context: Context) => Response;
  /** For calendars. */
  readonly ics?: (context: Context) => Response;
}

export type Route =
  | (RouteOf<RouteContext> & { readonly who: Extract<Who, 'public' | 'session'> })
  | (RouteOf<UserContext> & { readonly who: Exclude<Who, 'public' | 'session'> });
