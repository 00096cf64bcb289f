import { type Clock, systemClock } from './clock.ts';
import { joinSignals } from './join-signals.ts';
import { decideRetryDelay } from './retry-delay.ts';
import type { HttpOptions } from './send-request.ts';
import { type KeyHolder, sendWithKey } from './send-with-key.ts';
import { processRevokeResponse, readSiteRefusal, SiteRefusal } from './site-refusal.ts';
import { parseSite, resolveOnSite } from './site-url.ts';
import { type CurrentUser, processWhoami } from './who-am-i.ts';

/** A key, the site it is for, and how to reach it. */
export interface ConnectionOptions extends Omit<KeyHolder, 'site'>, HttpOptions {
  readonly site: string | URL;
  /** What the key was granted, as `openLogin` answers it: tells a dead key from a missing scope on sites without codes. */
  readonly scopes?: readonly string[] | undefined;
  /** How long `fetch` may wait in all until the limit per minute lets a request through, in seconds. @default 0 */
  readonly maxWaitSeconds?: number | undefined;
  /** The runtime's own if left out. */
  readonly clock?: Clock | undefined;
}

/** A key in use, on one site. */
export interface Connection {
  /** As `parseSite` spells it. */
  readonly site: string;
  /**
   * `fetch` with the key; the answer as it came, refusals too.
   *
   * @param path on the site, with its query; begins with one slash
   * @throws {ValetkeyError} `site_unreachable`, `redirect_not_followed`, `parameter_invalid`
   */
  send(path: string, init?: RequestInit): Promise<Response>;
  /**
   * As `send`; but every status from 400 on is thrown as a `SiteRefusal`, whose `isKeyInactive` says whether a new login would
   * help. Where the limit per minute is met, waits as the site says and sends again, within `maxWaitSeconds`; the limit per
   * day is thrown at once. A body that is a stream is sent once.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Who the key acts for. @throws {SiteRefusal} if it is dead, or its scopes do not reach that far */
  whoami(): Promise<CurrentUser>;
  /** Ends the key; `already_inactive` if it had ended before. @throws {SiteRefusal} */
  revoke(): Promise<'revoked' | 'already_inactive'>;
}

/**
 * Uses a key. It goes to its site and to nobody else, whatever a path or a redirect says.
 *
 * @throws {ValetkeyError} `parameter_invalid` if the site is not a web address
 * @see PROTOCOL.md sections 5 and 6
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
    // Loaded when it is needed: an app whose key works never carries it. Where it cannot be loaded any more, as from a page
    // that was published anew since, the refusal has to do without.
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
        // Every live key may ask about itself; on Discourse, which has no such address, the first word counts.
        return askWho('/user-api-key/current.json').catch(() => explain(refusal));
      }),
    async revoke() {
      return processRevokeResponse(await send('/user-api-key/revoke', { ...AS_JSON, method: 'POST' }));
    },
  };
}

const AS_JSON: RequestInit = { headers: { Accept: 'application/json' } };
