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
  /**
   * When the user entered the credentials, in milliseconds since 1970. OpenID Connect clients can require a recent
   * sign-in. Without this value, no sign-in counts as recent. @default unknown
   */
  readonly authenticatedAt?: number;
}

/** Data about a request that the `Request` does not contain. */
export interface RequestContext<Native = unknown> {
  /** The IP address of the client. Behind a proxy, the site reads it from forwarded headers that it has checked. */
  readonly ipAddress: string;
  /** The framework’s own request object, from which `findSession` reads the session (`req.session`). */
  readonly native?: Native | undefined;
  /**
   * The body from an earlier body parser (`req.body`). Used only if the request’s own body is consumed; the parser’s
   * size limits apply then.
   */
  readonly parsedBody?: unknown;
}

/**
 * The site's own frame around the pages. The texts are HTML that the site is responsible for. The Content Security
 * Policy of the pages does not change. It allows no inline scripts or styles, and only files of this site.
 */
export interface PageFrame {
  /** The path of a style sheet on this site, loaded after the built-in one. @default none */
  readonly stylesheet?: string;
  /** Replaces the header with the site's name. @default the name, linked to the home page */
  readonly header?: string;
  /** Shown below the page. @default none */
  readonly footer?: string;
}

/**
 * The functions that the embedding site provides. Accounts, sign-in and sessions stay with the site.
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
  /** One sentence about the site, for clients that receive notifications. @default '' */
  readonly description?: string;
  /**
   * Returns the session of the browser, from its cookie alone: a key never creates a session
   * (PROTOCOL.md#using-a-key).
   */
  findSession(request: Request, context: RequestContext<Native>): MaybePromise<Session<User> | null>;
  /**
   * Returns the URL of the sign-in page. After sign-in, the site redirects to `returnTo`, a path and query on this
   * site. Keep every parameter unchanged.
   *
   * @param loginHint the username or email address that a client has sent, unvalidated; the page can fill it in
   */
  loginUrl(returnTo: string, loginHint?: string): string;
  /**
   * Returns the URL of a page on which a signed-in user switches to another account. The page then redirects to
   * `returnTo`, as for `loginUrl`. @default the pages do not offer to switch the account
   */
  switchAccountUrl?(returnTo: string): string;
  /**
   * Ends a session, and returns the values of `Set-Cookie` that delete its cookie. With it, clients can sign users out by
   * OpenID Connect (PROTOCOL.md#sign-out). @default they cannot
   */
  endSession?(
    session: Session<User>,
    request: Request,
    context: RequestContext<Native>,
  ): MaybePromise<readonly string[]>;
  /**
   * Returns a user; null if there is none. Called for every request with a key: return from memory, without a
   * promise, if possible.
   */
  findUser(id: string): MaybePromise<User | null>;
  /**
   * Returns the existing users among these ids, in any order. Pages that list many users call it once. @default calls
   * `findUser` for each
   */
  findUsers?(ids: readonly string[]): MaybePromise<readonly User[]>;
  /**
   * Returns a number that changes whenever the result of `findUser` changes for any user. Optional, for sites with very
   * many active keys: the verifier caches users while the number is unchanged.
   *
   * If the number misses a change, the key of a suspended user keeps working. Omit this function unless the number
   * covers every change. On several nodes, call `valetkey.userChanged` too.
   */
  usersRevision?(): number;
  /**
   * Returns the user that `Api-Username` names, for requests with an admin key (PROTOCOL.md#use-an-admin-key). A name
   * identifies one user: compare names as your sign-in does.
   */
  findUserByUsername(username: string): MaybePromise<User | null>;
  /**
   * Returns the language of the pages for this request, as a BCP 47 tag (`en-US`); null to use the header
   * `Accept-Language`. If the language is unsupported, the pages are in English. A language that the user selects on a
   * page takes precedence. `en-XA` selects long, accented test texts. @default the header
   */
  locale?(request: Request, session: Session<User> | null): string | null;
  /** Returns the frame of the pages for this request (docs/guides/theme-the-pages.md). @default the built-in look */
  pageFrame?(request: Request, session: Session<User> | null): PageFrame;
}
