import { type Clock, systemClock } from './clock.ts';
import { joinSignals } from './join-signals.ts';
import { decideRetryDelay } from './retry-delay.ts';
import type { HttpOptions } from './send-request.ts';
import { type KeyHolder, sendWithKey } from './send-with-key.ts';
import { processRevokeResponse, readSiteRefusal, SiteRefusal } from './site-refusal.ts';
import { parseSite, resolveOnSite } from './site-url.ts';
import { type CurrentUser, processWhoami } from './who-am-i.ts';

/** A key, its site, and how to send requests. */
export interface ConnectionOptions extends Omit<KeyHolder, 'site'>, HttpOptions {
  readonly site: string | URL;
  /**
   * The scopes as returned by `openLogin`. On sites without error codes they tell a revoked key from a
   * missing scope.
   */
  readonly scopes?: readonly string[] | undefined;
  /** How long `fetch` may wait in total when the limit per minute is reached, in seconds. @default 0 */
  readonly maxWaitSeconds?: number | undefined;
  /** @default the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/** A key in use on one site. */
export interface Connection {
  /** Normalized by `parseSite`. */
  readonly site: string;
  /**
   * Sends a request with the key. Returns the response as is, including error responses.
   *
   * @param path on the site, with query; starts with one slash
   * @throws {ValetkeyError} `site_unreachable`, `redirect_not_followed`, `parameter_invalid`
   */
  send(path: string, init?: RequestInit): Promise<Response>;
  /**
   * Like `send`, but throws a `SiteRefusal` for every status from 400 on. Its `isKeyInactive` tells whether a new
   * login helps.
   *
   * If the limit per minute is reached, waits as long as the site says and retries, within `maxWaitSeconds`. The
   * limit per day is thrown immediately. A request whose body is a stream is not retried.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /**
   * Returns the user that the key acts for.
   *
   * @throws {SiteRefusal} if the key is inactive, or has neither of the scopes `session_info` and `read`
   */
  whoami(): Promise<CurrentUser>;
  /** Revokes the key; returns `already_inactive` if it was revoked or expired before. @throws {SiteRefusal} */
  revoke(): Promise<'revoked' | 'already_inactive'>;
}

/**
 * Creates a connection that sends a key to its site only, whatever a path or a redirect says.
 *
 * @throws {ValetkeyError} `parameter_invalid` if the site is not an http(s) URL
 * @see PROTOCOL.md#using-a-key, PROTOCOL.md#revoke
 * @example
 * const forum = createConnection({ site: 'https://forum.example', key });
 * const { topic_list } = await (await forum.fetch('/latest.json')).json();
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { signal, scopes, maxWaitSeconds = 0, clock = systemClock } = options;
  const holder = { ...options, site: parseSite(options.site) };
  const { site } = holder;

  const send: Connection['send'] = async (path, init = {}) =>
    sendWithKey(holder, resolveOnSite(site, path), init, options);

  const fetchWithRetry = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const deadline = clock.now() + maxWaitSeconds * 1000;
    for (;;) {
      const response = await send(path, init);
      if (response.status < 400) return response;
      const refusal = await readSiteRefusal(response);
      const pause = decideRetryDelay(refusal, init);
      if (pause === null || clock.now() + pause > deadline) throw refusal;
      await clock.wait(pause, joinSignals(init.signal, signal) ?? undefined);
    }
  };

  const explain = async (error: unknown): Promise<never> => {
    if (!(error instanceof SiteRefusal) || error.status !== 403 || error.code !== null) throw error;
    // Loaded on demand: an app whose key works never loads this file. If loading fails, for example because the page
    // was redeployed, the refusal is thrown as it is.
    throw await import('./key-state.ts')
      .then(({ explainRefusal }) => explainRefusal(error, scopes, (path) => send(path)))
      .catch(() => error);
  };

  const askWho = async (path: string): Promise<CurrentUser> =>
    processWhoami(await fetchWithRetry(path, AS_JSON));

  return {
    site,
    send,
    fetch: (path, init) => fetchWithRetry(path, init).catch(explain),
    whoami: () =>
      askWho('/session/current.json').catch((refusal: unknown) => {
        const isAboutScopes =
          refusal instanceof SiteRefusal && [null, 'scope_insufficient'].includes(refusal.code);
        if (!isAboutScopes) throw refusal;
        // Every active key may read its own data. Discourse has no such endpoint; then the first refusal counts. A site of
        // another kind has only this one; then its refusal counts.
        return askWho('/user-api-key/current.json').catch((second: unknown) =>
          explain(refusal.code === null && second instanceof SiteRefusal && second.code ? second : refusal),
        );
      }),
    async revoke() {
      return processRevokeResponse(await send('/user-api-key/revoke', { ...AS_JSON, method: 'POST' }));
    },
  };
}

const AS_JSON: RequestInit = { headers: { Accept: 'application/json' } };
