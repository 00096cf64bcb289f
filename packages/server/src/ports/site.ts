import type { MaybePromise } from '../core/maybe-promise.ts';
import type { SiteUser } from '../core/site-user.ts';

export type { MaybePromise } from '../core/maybe-promise.ts';
export type { SiteUser } from '../core/site-user.ts';

/** A user signed in with a browser. Only a session can approve, decline or undo. */
export interface Session<User extends SiteUser = SiteUser> {
  /**
   * Unique to this session and hard to guess, such as the value of its cookie. CSRF tokens are derived from it; it is
   * stored only as a hash.
   */
  readonly id: string;
  readonly user: User;
}

/** What is known of a request beside its text. */
export interface RequestContext<Native = unknown> {
  /** The IP address of the peer, as the site trusts it (behind a proxy: after its own check of forwarded headers). */
  readonly ipAddress: string;
  /** The framework's own request, for `findSession`: where its session is (`req.session`). */
  readonly native?: Native | undefined;
  /**
   * The body as a body parser has read it (`req.body`), where one ran before. Used only if the request's own body is
   * used up; limits of size are then the parser's.
   */
  readonly parsedBody?: unknown;
}

/**
 * What Valetkey asks of the embedding site. Accounts, sign-in and sessions stay the site's own.
 *
 * @typeParam Native the framework's own request, as the site passes it in `RequestContext.native`
 * @typeParam User the site's own user type
 * @example
 * ```ts
 * const site: Site = {
 *   name: 'Plum Forum',
 *   baseUrl: 'https://forum.example',
 *   findSession: (request) => sessions.find(readCookie(request, 'session')),
 *   loginUrl: (returnTo) => `/login?return_to=${encodeURIComponent(returnTo)}`,
 *   findUser: (id) => users.get(id) ?? null,
 *   findUserByUsername: (username) => usersByName.get(username.toLowerCase()) ?? null,
 * };
 * ```
 */
export interface Site<Native = unknown, User extends SiteUser = SiteUser> {
  readonly name: string;
  /** Absolute; may end in a subfolder (`https://example.org/forum`). */
  readonly baseUrl: string;
  /** A sentence on what the site is about, for apps that get notifications. @default '' */
  readonly description?: string;
  /** Returns the session of the browser, from its cookie alone: a key never makes a session (PROTOCOL.md section 5). */
  findSession(request: Request, context: RequestContext<Native>): MaybePromise<Session<User> | null>;
  /** Returns where to sign in. `returnTo` is a path with query on this site, to return to with every parameter intact. */
  loginUrl(returnTo: string): string;
  /** Called for every request that carries a key: return at once, from memory, where you can. */
  findUser(id: string): MaybePromise<User | null>;
  /**
   * Returns those of these users that exist, in any order. Pages that list many users call it once instead of
   * `findUser` for each. @default `findUser` for each
   */
  findUsers?(ids: readonly string[]): MaybePromise<readonly User[]>;
  /**
   * Optional, for sites with very many keys in use: a number that changes whenever anything that `findUser` returns
   * changes for any user. While it stays the same, the verifier keeps the user of a key instead of asking again. One
   * forgotten change is a suspended user whose key still works, so leave it out in doubt. On several nodes, call
   * `valetkey.userChanged` as well.
   */
  usersRevision?(): number;
  /**
   * Returns the user that `Api-Username` names, for requests with an admin key (PROTOCOL.md section 12). One name is one
   * user: compare as your sign-in does, ignoring letter case if it does.
   */
  findUserByUsername(username: string): MaybePromise<User | null>;
  /**
   * Returns the language of the pages for this request, as a BCP 47 tag (`en-US`); null to use the header
   * `Accept-Language`. A language that the pages do not have becomes English. @default the header
   */
  locale?(request: Request, session: Session<User> | null): string | null;
}
