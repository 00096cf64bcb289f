import type { KeyRecord } from './core/key/key-record.ts';
import type { MaybePromise } from './core/maybe-promise.ts';
import type { Refusal } from './core/refusal.ts';
import type { MatchedRoute } from './core/scopes/scope.ts';
import type { AuthorizeResult } from './http/authorize.ts';
import type { RequestHead } from './http/request-head.ts';
import type { Health } from './observe/health.ts';
import type { Unsubscribe } from './ports/change-feed.ts';
import type { OauthGrant } from './ports/oauth-grant-store.ts';
import type { RequestContext, SiteUser } from './ports/site.ts';
import type { PushNotification } from './push/push-notification.ts';
import type { SettingsRegistry } from './settings/settings.ts';
import type { VerifyRequest } from './verify/verify-request.ts';
import type { VerifyResult } from './verify/verify-result.ts';

/** User API keys for one site. */
export interface Valetkey<Native = unknown, User extends SiteUser = SiteUser> {
  /**
   * Serves the endpoints and pages of the protocol (`/user-api-key…`, `/oauth/…`), and preflight requests from allowed
   * origins. Returns null, not a promise, for all other requests; the site serves those. Rejects with the errors of the
   * store.
   */
  fetch(request: Request, context: RequestContext<Native>): Promise<Response> | null;
  /** Returns whether `fetch` responds to this request, without creating a `Request`. */
  serves(request: RequestHead): boolean;
  /**
   * Verifies the key of a request to one of the site’s own routes. Returns a promise only if it must load data that is
   * not in memory.
   *
   * A key takes precedence over a cookie. Unless the result is `anonymous`, ignore the cookie, start no session and
   * set no cookie (PROTOCOL.md#using-a-key).
   *
   * @param request a `Request`, or its method, URL and a function that reads a header
   */
  authorize(
    request: RequestHead,
    route: MatchedRoute,
    context: Pick<RequestContext, 'ipAddress'>,
  ): MaybePromise<AuthorizeResult<User>>;
  /**
   * Calls `onEnd` once, as soon as the key of a request that `authorize` allowed becomes invalid or cannot be verified
   * any longer. Causes: the key is revoked or expires, its user is suspended, or the store is unavailable. Use it for connections that outlast their
   * request, such as WebSockets. Does nothing for a request without a key. Returns a function that ends the
   * observation.
   */
  watchKey(request: RequestHead, route: MatchedRoute, onEnd: (why: Refusal) => void): Unsubscribe;
  /** Renders a refusal that `verify` returned: as a page for the format `html`, else as JSON. */
  renderRefusal(refusal: Refusal, format: string | undefined, request: RequestHead): Promise<Response>;
  /** Verifies a request given as plain data, for a site that parses and renders HTTP itself. */
  verify(request: VerifyRequest): MaybePromise<VerifyResult<User>>;
  /**
   * Adds CORS headers for allowed origins. Call it for every response of the site, including refusals
   * (PROTOCOL.md#cors).
   */
  withCors(request: RequestHead, response: Response): Response;
  /**
   * Returns the headers that `withCors` adds, for frameworks with their own response type. Append `Vary` to an
   * existing one.
   */
  corsHeaders(request: Pick<RequestHead, 'headers'>): Record<string, string>;
  /**
   * Tells all nodes that a user has changed; each drops all users from its cache. Required if several nodes use `Site.usersRevision`: call it when a user is
   * suspended, renamed or deleted.
   */
  userChanged(userId: string): Promise<void>;
  readonly settings: SettingsRegistry;
  /**
   * Returns the CSRF token of a session: HMAC-SHA-256 of the session’s id with a secret from the store. Serve it to
   * front ends that send `X-CSRF-Token` (Discourse: `/session/csrf.json`).
   *
   * @throws TypeError if the id is empty
   */
  csrfToken(sessionId: string): string;
  /**
   * Returns whether the token belongs to this session. Compares in constant time. Use it for the site’s own forms.
   *
   * @throws TypeError if the id is empty
   */
  verifyCsrfToken(sessionId: string, token: string | null): boolean;
  /** Returns the active keys of a user, newest first. */
  keysOf(userId: string): Promise<KeyRecord[]>;
  /** Returns the OAuth grants of a user that are neither revoked nor expired, newest first. */
  grantsOf(userId: string): Promise<OauthGrant[]>;
  /**
   * Returns the user of a one-time password. Returns null if the password is expired or used, or if its key, user or
   * scope is no longer valid. Changes nothing, because link previews request URLs.
   */
  findOneTimePassword(password: string): Promise<User | null>;
  /**
   * Returns the user as `findOneTimePassword` does, consumes the password, and adds the sign-in to the audit log. The
   * site then signs this user in (PROTOCOL.md#sign-in-with-a-one-time-password).
   */
  consumeOneTimePassword(password: string, context: Pick<RequestContext, 'ipAddress'>): Promise<User | null>;
  /**
   * Queues a push for each client of a user (PROTOCOL.md#push). The client needs an active key with `push` or
   * `notifications`, and an allowed push URL. Call it when the site creates a notification.
   *
   * Once the promise resolves, a stored push survives a crash. The push can be delivered more than once, and is dropped
   * after a day without success. Each attempt first checks that the key is still active. If the store fails, the
   * promise still resolves, and `push.onFailure` receives the error. A lost push therefore does not undo the change
   * that caused the notification.
   *
   * @throws TypeError if `postUrl` is not a path on this site
   * @example
   * ```ts
   * await valetkey.notify(author.id, {
   *   notificationType: 2,
   *   postUrl: '/t/plums/7/2',
   *   topicTitle: 'Plums',
   *   excerpt: 'They are mine.',
   *   username: 'bob',
   * });
   * ```
   */
  notify(userId: string, notification: PushNotification): Promise<void>;
  /**
   * Sends the pushes that are due; resolves when none is left. Runs automatically; call it in tests and schedulers.
   */
  processPushQueue(): Promise<void>;
  /** Returns whether this node can serve requests now. Never rejects. For `createMonitor`. */
  checkHealth(): Promise<Health>;
  /** Runs the daily jobs. They also run at the start, which waits five seconds for them, and every 24 hours. Returns the number of revoked keys. */
  runDailyJobs(): Promise<number>;
  /** Stores buffered data and closes the store. */
  close(): Promise<void>;
}
