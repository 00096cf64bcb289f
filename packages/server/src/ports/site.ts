import type { SiteUser } from '../core/site-user.ts';

export type { SiteUser } from '../core/site-user.ts';

/** A value, or a promise of it: whoever can answer at once keeps the caller from waiting a turn. */
export type MaybePromise<T> = T | Promise<T>;

/** A person signed in with a browser: the only one who can approve, decline or undo. */
export interface Session {
  readonly id: string;
  readonly user: SiteUser;
  /** What `X-CSRF-Token` or the form field `authenticity_token` must equal. */
  readonly csrfToken: string;
}

/**
 * What the embedding site is asked. Accounts, sign-in and sessions stay the site's own; these five answers are
 * all that Valetkey needs of them.
 *
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
export interface Site {
  readonly name: string;
  /** Absolute; may end in a subfolder (`https://example.org/forum`). */
  readonly baseUrl: string;
  /** A sentence on what the site is about, for apps that are told of notifications. @default '' */
  readonly description?: string;
  /** From the cookie alone: a key never makes a session (PROTOCOL.md section 5). */
  findSession(request: Request): MaybePromise<Session | null>;
  /** Where to sign in. `returnTo` is a path with query on this site, to go back to with every parameter intact. */
  loginUrl(returnTo: string): string;
  /** Asked on every request that carries a key: answer at once, from memory, where you can. */
  findUser(id: string): MaybePromise<SiteUser | null>;
  /**
   * Optional, for sites with very many keys in use: a number that changes whenever anything that `findUser` answers
   * changes for anybody. While it stays the same, the judge keeps the answer for a person in good standing instead of
   * asking again. One forgotten change here is a suspended person whose key goes on working, so leave it out in doubt.
   */
  usersRevision?(): number;
  /**
   * Whom `Api-Username` names, on requests with an admin key (PROTOCOL.md section 12). One name is one person: compare
   * as your sign-in does, in any letter case if that does.
   */
  findUserByUsername(username: string): MaybePromise<SiteUser | null>;
}

/** What is known of a request beside its text. */
export interface RequestContext {
  /** The peer's IP address, as the site trusts it (behind a proxy: after its own check of forwarded headers). */
  readonly ipAddress: string;
}
