// Only this file calls Valetkey, so a change of its API changes the benchmarks in one place.
import { randomBytes } from 'node:crypto';
import {
  type AuthorizeResult,
  createValetkey,
  defineScopes,
  hashKey,
  type MaybePromise,
  rateLimitHeaders,
  type SiteUser,
  type Store,
  type UseLimiter,
  type Valetkey,
  type VerifyResult,
} from '@valetkey/server';
import { createMetrics } from '@valetkey/server/monitor';

/** The functions of a site that the benchmarks measure. */
export interface BenchSite {
  /** Counts one use of the key for GET topics#show with topic 7. */
  verify(key: string, ipAddress: string, userAgent: string | null): MaybePromise<VerifyResult>;
  /** The same for a fetch-style request. Add `headers` to the response. */
  authorize(request: Request, ipAddress: string): MaybePromise<AuthorizeResult>;
  /** RateLimit headers of an allowed request. */
  rateLimitHeaders(result: VerifyResult & { allowed: true }): Record<string, string>;
  /** Valetkey's own endpoints; null for a route of the site. */
  fetch(request: Request, ipAddress: string): Promise<Response> | null;
  withCors(request: Request, response: Response): Response;
  corsHeaders(request: Request): Record<string, string>;
  /** For the adapters. `authorize` advances the clock too. */
  readonly valetkey: Valetkey;
  close(): Promise<void>;
}

/** The origin of the web app that the requests of bench/http.ts come from. */
export const ORIGIN = 'https://app.example';

export const ROUTE = { name: 'topics#show', format: 'json', parameters: { topic_id: '7' } };

const SCOPES = defineScopes({
  topic: {
    sentence: 'Read topic 7',
    permissions: [{ methods: ['GET'], route: 'topics#show', parameters: { topic_id: ['7'] } }],
  },
  other: { sentence: 'Read the list', permissions: [{ methods: ['GET'], route: 'list#latest' }] },
});

/** Stores keys with these scopes, one for each user, and returns the keys. */
export async function addKeys(store: Store, count: number, scopes: string[] = ['topic']): Promise<string[]> {
  const keys: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = randomBytes(16).toString('hex');
    keys.push(key);
    await store.replaceKey({
      keyHash: hashKey(key),
      userId: userId(index),
      kind: 'app',
      // One key per user and client: a store replaces the older one.
      clientId: `bench-${scopes.join('-')}`,
      applicationName: 'Bench',
      scopes,
      isUrlKey: false,
      pushUrl: null,
      createdAt: Date.now(),
      expiresAt: null,
    });
  }
  return keys;
}

interface BenchSiteOptions {
  readonly store: Store;
  /** The number of keys; it determines how fast the clock advances. */
  readonly keyCount: number;
  /** Whether the site keeps a revision of its users, as sites with very many keys do. */
  readonly hasUsersRevision: boolean;
  /** Whether metrics are counted. @default false */
  readonly hasMetrics?: boolean;
  /** @default in this process */
  readonly useLimiter?: UseLimiter;
}

/**
 * Creates a site whose clock advances with each request, so that each key is used about once a minute. The default
 * limits then allow every request, and the log of a key has a realistic length.
 */
export async function createBenchSite({
  store,
  keyCount,
  hasUsersRevision,
  hasMetrics = false,
  useLimiter,
}: BenchSiteOptions): Promise<BenchSite> {
  // A typed array, because updating a `let` of a closure would allocate a number each time.
  const clock = new Float64Array([Date.now()]);
  const msPerRequest = 60_000 / keyCount;
  const tick = (): void => {
    clock[0] = (clock[0] as number) + msPerRequest;
  };
  const users = new Map(Array.from({ length: keyCount }, (_, index) => [userId(index), createUser(index)]));
  const valetkey = await createValetkey({
    store,
    ...(hasMetrics && { metrics: createMetrics() }),
    ...(useLimiter && { useLimiter }),
    // All keys stay cached.
    capacity: keyCount,
    scopes: SCOPES,
    now: () => clock[0] as number,
    site: {
      name: 'Bench',
      baseUrl: 'http://127.0.0.1',
      findSession: () => null,
      loginUrl: () => '/login',
      findUser: (id) => users.get(id) ?? null,
      findUserByUsername: (username) => users.get(username) ?? null,
      ...(hasUsersRevision && { usersRevision: () => 1 }),
    },
  });
  await valetkey.settings.set('cors_origins', [ORIGIN]);

  return {
    verify(key, ipAddress, userAgent) {
      tick();
      const credential = { kind: 'user_key', key } as const;
      return valetkey.verify({ credential, method: 'GET', route: ROUTE, ipAddress, userAgent });
    },
    authorize(request, ipAddress) {
      tick();
      return valetkey.authorize(request, ROUTE, { ipAddress });
    },
    rateLimitHeaders: ({ limits, remaining }) => rateLimitHeaders(limits, remaining),
    fetch: (request, ipAddress) => valetkey.fetch(request, { ipAddress }),
    withCors: valetkey.withCors,
    corsHeaders: valetkey.corsHeaders,
    valetkey: {
      ...valetkey,
      authorize(request, route, context) {
        tick();
        return valetkey.authorize(request, route, context);
      },
    },
    close: valetkey.close,
  };
}

const userId = (index: number): string => `user-${index}`;

function createUser(index: number): SiteUser {
  const id = userId(index);
  return {
    id,
    username: id,
    avatarTemplate: null,
    isAdmin: false,
    isStaff: false,
    isSuspended: false,
    groups: [],
  };
}
