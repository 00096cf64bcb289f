import type { RequestContext, Valetkey } from '@valetkey/server';
import type { Context } from 'hono';
import type { ForumSession } from '../data/sessions.ts';
import type { User } from '../data/users.ts';
import type { Forum } from '../forum-parts.ts';
import type { Html } from '../pages/layout.ts';
import type { Format } from './formats.ts';
import type { Body } from './read-body.ts';

/** What the forum knows of a request besides the request itself. */
export interface ForumRequestContext extends RequestContext {
  /** Whether a trusted proxy sent it, whose `X-Request-Id` is used in the access log. @default false */
  readonly isFromProxy?: boolean;
}

/** The bindings and variables of Hono's context. */
export interface ForumEnv {
  readonly Bindings: ForumRequestContext;
  readonly Variables: {
    /** Set once the route is known. */
    readonly format: Format;
    /** Set once the request is authorized. */
    readonly context: RouteContext;
  };
}

/** The input of a route's handler: everything parsed, the user authenticated. */
export interface RouteContext {
  /** For responses other than JSON and pages, and for cookies. */
  readonly c: Context<ForumEnv>;
  readonly forum: Forum;
  readonly valetkey: Valetkey;
  /** The peer's IP address. */
  readonly ipAddress: string;
  /** From the path, decoded once, by the router. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly user: User | null;
  /** The browser's session; always null for a request with a key. */
  readonly session: ForumSession | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The context of a request with a signed-in user or a key. */
export type UserContext = RouteContext & { readonly user: User };

/**
 * Who may use a route:
 * - `public`: everybody, and every key whose scopes allow it
 * - `user`: a signed-in user, or a key that acts for one
 * - `session`: only a browser, signed in or not; never a key
 * - `admin session`: only an admin signed in with a browser
 */
type Who = 'public' | 'user' | 'session' | 'admin session';

interface RouteOf<Given> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Hono's pattern, without `.json`; every route matches with and without it. */
  readonly path: string;
  /** The name that scopes refer to (PROTOCOL.md#scopes). */
  readonly name: string;
  /**
   * Fields of the body that an admin key can be bound to (PROTOCOL.md#scopes-of-an-admin-key). The handler has to read each with
   * `readText` or `readId`, so that it uses the value that was authorized.
   */
  readonly boundFields?: readonly string[];
  /** Set on every response, errors included. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Returns the body of a JSON response. */
  readonly json?: (context: Given) => unknown;
  /** Returns a page. */
  readonly html?: (context: Given) => Html | Response | Promise<Html | Response>;
  /** Returns an RSS feed. */
  readonly rss?: (context: Given) => string | Promise<string>;
  /** Returns an iCalendar. */
  readonly ics?: (context: Given) => string | Promise<string>;
}

export type Route =
  | (RouteOf<RouteContext> & { readonly who: Extract<Who, 'public' | 'session'> })
  | (RouteOf<UserContext> & { readonly who: Exclude<Who, 'public' | 'session'> });
