import { ValetkeyError } from '@valetkey/protocol';
import { siteAddress } from './site-address.ts';
import { readSiteRefusal, SiteRefusal } from './site-refusal.ts';

/** Whose site, and which key. */
export interface ConnectionOptions {
  readonly site: string | URL;
  readonly key: string;
  /** Sent along as `User-Api-Client-Id`, where given. */
  readonly clientId?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Who a key acts for. */
export interface CurrentUser {
  readonly id: number | string;
  readonly username: string;
}

/** A key in use. */
export interface Connection {
  /**
   * `fetch` with the key, for paths of this site only. Follows redirects within the site; to another origin the key is
   * never sent, and its answer is given back as it is. Statuses are left to the caller.
   *
   * @param path begins with a slash
   * @throws ValetkeyError `site_unreachable`, `parameter_invalid`
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Who the key acts for. @throws SiteRefusal, ValetkeyError `site_unreachable` */
  whoami(): Promise<CurrentUser>;
  /** Ends the key. @throws SiteRefusal, ValetkeyError `site_unreachable` */
  revoke(): Promise<void>;
}

const MAX_REDIRECTS = 5;

/**
 * Uses a key against its site.
 *
 * @example
 * ```ts
 * const connection = createConnection({ site: 'https://forum.example', key });
 * const latest = await connection.fetch('/latest.json');
 * ```
 */
export function createConnection({
  site,
  key,
  clientId,
  fetch = globalThis.fetch,
}: ConnectionOptions): Connection {
  const { origin } = siteAddress(site, '/');

  async function send(url: URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('User-Api-Key', key);
    if (clientId !== undefined) headers.set('User-Api-Client-Id', clientId);
    return fetch(url, { ...init, headers, credentials: 'omit', redirect: 'manual' }).catch(
      (cause: unknown) => {
        if (init.signal?.aborted) throw cause;
        throw new ValetkeyError('site_unreachable', { site: origin });
      },
    );
  }

  async function fetchPath(path: string, init: RequestInit = {}): Promise<Response> {
    if (!path.startsWith('/') || path.startsWith('//')) {
      throw new ValetkeyError('parameter_invalid', {
        parameter: 'path',
        reason: 'it has to begin with one slash',
      });
    }
    let url = siteAddress(site, path);
    let request = init;
    for (let redirects = 0; ; redirects += 1) {
      const response = await send(url, request);
      const target = redirectTarget(response, url);
      if (!target || target.origin !== origin || redirects === MAX_REDIRECTS) return response;
      url = target;
      // As browsers do: after 301, 302 and 303 a request that is not a GET goes on as one.
      if (response.status < 307 && (request.method ?? 'GET') !== 'GET')
        request = { ...request, method: 'GET', body: null };
    }
  }

  async function fetchJson(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetchPath(path, { ...init, headers: { Accept: 'application/json' } });
    const text = await response.text();
    if (!response.ok) throw readSiteRefusal(response.status, response.headers, text);
    return JSON.parse(text);
  }

  /** A key without a scope for the session may still ask a Valetkey site about itself (PROTOCOL.md section 5). */
  async function whoamiOfAnyKey(refusal: unknown): Promise<unknown> {
    if (!(refusal instanceof SiteRefusal) || refusal.code !== 'scope_insufficient') throw refusal;
    const { user } = (await fetchJson('/user-api-key/current.json')) as { user: CurrentUser };
    return { current_user: user };
  }

  return {
    fetch: fetchPath,
    async whoami() {
      const { current_user } = (await fetchJson('/session/current.json').catch(whoamiOfAnyKey)) as {
        current_user: CurrentUser;
      };
      return { id: current_user.id, username: current_user.username };
    },
    async revoke() {
      await fetchJson('/user-api-key/revoke', { method: 'POST' });
    },
  };
}

function redirectTarget(response: Response, from: URL): URL | null {
  const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
  return location !== null && URL.canParse(location, from) ? new URL(location, from) : null;
}
