import { type Clock, systemClock } from './clock.ts';
import { explainRefusal } from './key-state.ts';
import { membersOf, readJson } from './read-json.ts';
import { decideRetryPause } from './retry-pause.ts';
import type { FetchOptions } from './send-request.ts';
import { type KeyHolder, sendWithKey } from './send-with-key.ts';
import { parseSite, siteAddress } from './site-address.ts';
import { processRevokeAnswer, readSiteRefusal, SiteRefusal } from './site-refusal.ts';

/** A key, the site it is for, and how to reach it. */
export interface ConnectionOptions extends Omit<KeyHolder, 'site'>, FetchOptions {
  readonly site: string | URL;
  /** What the key was granted, as far as the app remembers: tells a dead key from a missing scope on sites without codes. */
  readonly scopes?: readonly string[] | undefined;
  /** How long `fetch` may wait in all until the limit per minute lets a request through, in seconds. @default 0 */
  readonly maxWaitSeconds?: number | undefined;
  /** The runtime's own if left out. */
  readonly clock?: Clock | undefined;
}

/** Who a key acts for. */
export interface CurrentUser {
  readonly id: number | string;
  readonly username: string;
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
   * As `send`; but every status from 400 on is thrown as a `SiteRefusal`, whose `isKeyDead` says whether a new login would
   * help. Where the limit per minute is met, waits as the site says and sends again, within `maxWaitSeconds`; the limit per
   * day is thrown at once. A body that is a stream is sent once.
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Who the key acts for. @throws {SiteRefusal} if it is dead, or its scopes do not reach that far */
  whoami(): Promise<CurrentUser>;
  /** Ends the key; `already_dead` if it had ended before. @throws {SiteRefusal} */
  revoke(): Promise<'revoked' | 'already_dead'>;
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
  const { fetch, signal, scopes, maxWaitSeconds = 0, clock = systemClock, ...held } = options;
  const holder = { ...held, site: parseSite(options.site) };
  const { site } = holder;

  const send: Connection['send'] = async (path, init = {}) =>
    sendWithKey(holder, siteAddress(site, path), init, { fetch, signal });

  const fetchPatiently = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const deadline = clock.now() + maxWaitSeconds * 1000;
    for (;;) {
      const response = await send(path, init);
      if (response.status < 400) return response;
      const refusal = await readSiteRefusal(response);
      const pause = decideRetryPause(refusal, init);
      if (pause === null || clock.now() + pause > deadline) throw refusal;
      await clock.wait(pause, init.signal ?? signal);
    }
  };

  const fetchOrThrow: Connection['fetch'] = (path, init) =>
    fetchPatiently(path, init).catch(async (error: unknown) => {
      throw error instanceof SiteRefusal
        ? await explainRefusal(error, scopes, (other) => send(other))
        : error;
    });

  const askWho = async (path: string, member: string): Promise<CurrentUser> =>
    processUserAnswer(await fetchPatiently(path, AS_JSON), member);

  return {
    site,
    send,
    fetch: fetchOrThrow,
    whoami: () =>
      askWho('/session/current.json', 'current_user').catch((refusal: unknown) => {
        const isAboutScopes =
          refusal instanceof SiteRefusal && [null, 'scope_insufficient'].includes(refusal.code);
        if (!isAboutScopes) throw refusal;
        // Every live key may ask about itself; on Discourse, which has no such address, the first word counts.
        return askWho('/user-api-key/current.json', 'user').catch(() => {
          throw refusal;
        });
      }),
    async revoke() {
      return processRevokeAnswer(await send('/user-api-key/revoke', { ...AS_JSON, method: 'POST' }));
    },
  };
}

const AS_JSON: RequestInit = { headers: { Accept: 'application/json' } };

async function processUserAnswer(answer: Response, member: string): Promise<CurrentUser> {
  const { id, username } = membersOf(membersOf(await readJson(answer))[member]);
  if (typeof username === 'string' && (typeof id === 'number' || typeof id === 'string'))
    return { id, username };
  throw new SiteRefusal({
    status: answer.status,
    code: null,
    errorType: null,
    errors: ['The site does not say who this key acts for.'],
    advice: 'Ask for the scope session_info or read.',
    waitSeconds: null,
  });
}
