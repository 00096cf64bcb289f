import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { discourseScopes } from '../../core/scopes/discourse-scopes.ts';
import type { Site, SiteUser } from '../../ports/site.ts';
import type { Valetkey } from '../../valetkey-api.ts';

/** The app that every adapter is tested with. Its paths begin with `prefix`. */
export interface AppParts {
  readonly valetkey: Valetkey;
  /** '' or `/forum`. */
  readonly prefix: string;
  /** One of `AdapterUnderTest.parsers`. */
  readonly parser: string;
  /** Whether the app trusts 127.0.0.1 as a proxy, by the framework's own setting. */
  readonly trustsProxy: boolean;
}

/** An app that listens on 127.0.0.1. */
export interface RunningApp {
  readonly port: number;
  stop(): Promise<void>;
}

/** A framework with its adapter. */
export interface AdapterUnderTest {
  readonly name: string;
  /** The body parsers in front of the endpoints, by name; `none` is the first. */
  readonly parsers: readonly string[];
  /** Returns the username that the site's own middleware has put into the framework's request. */
  readSession(native: unknown): string | undefined;
  /**
   * Starts an app with these routes:
   * - `GET /photos/:id`, guarded as `photos#show` with the parameter `photo_id`. Responds with `describeReader`.
   * - `POST /photos`, guarded as `photos#create`. Responds with the JSON body that it received.
   * - `GET /open`, without a guard. Responds with the header `Vary: Accept-Language`.
   * - Its own 404 with the body `{"site": "not found"}`, and its own handler of errors with the status 500 and
   *   the body `{"site": <message>}`.
   */
  start(parts: AppParts): Promise<RunningApp>;
}

/** Returns what `GET /photos/:id` responds with: who reads, and the cookies that the handler can see. */
export const describeReader = (
  id: string,
  principal: { readonly kind: string; readonly user?: SiteUser },
  cookie: string | null,
) => ({ id, kind: principal.kind, reader: principal.user?.username ?? 'nobody', cookie });

/** The permissions that the tests need: all photos, one photo, and changes. */
const SCOPES = {
  ...discourseScopes,
  photos: {
    sentence: 'See your photos',
    permissions: [{ route: 'photos#show', methods: ['GET'] }],
  },
  'photos:7': {
    sentence: 'See your photo 7',
    permissions: [{ route: 'photos#show', methods: ['GET'], parameters: { photo_id: ['7'] } }],
  },
  'photos:create': {
    sentence: 'Add photos',
    permissions: [{ route: 'photos#create', methods: ['POST'] }],
  },
} as const;

/** An origin that may read responses. */
export const ORIGIN = 'https://app.example';

/** A running app with the site behind it. */
export interface TestedApp {
  readonly site: TestSite;
  /** With the prefix. */
  readonly url: string;
  readonly port: number;
  /** The IP addresses of the requests that were authorized, in order. */
  readonly ipAddresses: readonly string[];
  /** Sends a request, with the prefix, and does not follow redirects. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** Approves a request for a key with these scopes. Returns the key. */
  issueKey(scopes: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the app of an adapter with a new site. */
export async function startTestedApp(
  adapter: AdapterUnderTest,
  { prefix = '', parser = 'none', trustsProxy = false, site = {} as Partial<Site> } = {},
): Promise<TestedApp> {
  const tested: TestSite = await createTestSite({
    baseUrl: `https://forum.example${prefix}`,
    scopes: SCOPES,
    site: {
      findSession({ headers }, { native }) {
        // Without a framework: the approvals of `issueKey`.
        const username =
          native === undefined ? headers.get('cookie')?.replace('session=', '') : adapter.readSession(native);
        const user = tested.users.get(username ?? '');
        return user ? { id: `session-${user.username}`, user } : null;
      },
      ...site,
    },
  });
  const { valetkey } = tested;
  await valetkey.settings.set('allow_user_api_key_scopes', 'read|write|photos|photos:7|photos:create');
  await valetkey.settings.set('cors_origins', ORIGIN);
  const ipAddresses: string[] = [];
  const observed: Valetkey = {
    ...valetkey,
    authorize(request, route, context) {
      ipAddresses.push(context.ipAddress);
      return valetkey.authorize(request, route, context);
    },
  };
  const app = await adapter.start({ valetkey: observed, prefix, parser, trustsProxy });
  const url = `http://127.0.0.1:${app.port}${prefix}`;
  let clients = 0;
  return {
    site: tested,
    url,
    port: app.port,
    ipAddresses,
    send: (path, init = {}) => fetch(url + path, { redirect: 'manual', ...init }),
    issueKey: async (scopes) => (await tested.approve({ scopes, client_id: `client-${clients++}` })).key,
    async stop() {
      await app.stop();
      await valetkey.close();
    },
  };
}
