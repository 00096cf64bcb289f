import {
  createRouteMatcher,
  createValetkey,
  type RouteMatcher,
  type Site,
  type Valetkey,
} from '@valetkey/server';
import { createForwardAuth, type ForwardAuth, foldHeaderName } from '@valetkey/server/forward-auth';
import type { Accounts } from '../accounts/accounts.ts';
import { createAccounts } from '../accounts/create-accounts.ts';
import { accountHeaders } from '../accounts/header-accounts.ts';
import { createSignOut } from '../accounts/oidc/sign-out.ts';
import { recordScopes, type ScopeHistory } from '../accounts/scope-history.ts';
import type { VisitorRequest } from '../accounts/visitor-cookie.ts';
import type { GatewayConfig } from '../config/gateway-config.ts';
import { createPeerTest, type IsPeer } from '../config/parse-address.ts';
import { type CreateToken, createIdentityTokens } from '../identity/identity-tokens.ts';
import { createSigningKeys, type SigningKeys } from '../identity/signing-keys.ts';
import type { SharedParts } from './shared-parts.ts';

/** Everything that depends on the configuration. A reload replaces it as a whole. */
export interface Runtime {
  readonly config: GatewayConfig;
  /** The origin of the base URL, and its path without a slash at the end. */
  readonly origin: string;
  readonly basePath: string;
  readonly valetkey: Valetkey<VisitorRequest>;
  readonly matchRoute: RouteMatcher;
  /** Whether the user of a key allowed a route when they approved the key. */
  readonly isGranted: ScopeHistory['isGranted'];
  /** Routes that this configuration added to existing scopes. */
  readonly addedRoutes: readonly string[];
  readonly createToken: CreateToken;
  /** Null if no proxy may ask. */
  readonly forwardAuth: ForwardAuth | null;
  /** Of requests to the service. */
  readonly forwardTimeouts: { readonly headersMs: number; readonly idleMs: number };
  readonly signingKeys: SigningKeys;
  /** Null if people sign in at the service or a proxy. */
  readonly signInPages: Accounts['pages'] | null;
  readonly isTrustedProxy: IsPeer;
  /** Whether a peer may use the endpoints of forward authentication. */
  readonly isAskingProxy: IsPeer;
  /** Whether a peer may set the headers of `untrustedHeaders`. */
  readonly isSignInProxy: IsPeer;
  /** Folded names of the headers of `accounts.header`. */
  readonly accountHeaders: ReadonlySet<string>;
  close(): Promise<void>;
}

/** The pages of users and admins, below the base URL: paths that a service rarely has. */
const PAGES = { user: { prefix: '/valetkey' }, admin: { prefix: '/valetkey/admin' } } as const;

/**
 * Creates the parts of one configuration. Store, change feed and limits are shared with the previous one, so that no
 * count and no revocation is lost.
 */
export async function createRuntime(config: GatewayConfig, shared: SharedParts): Promise<Runtime> {
  const { database, directory, now } = shared;
  const secret = config.secret ?? shared.storedSecret;
  const accounts = createAccounts(config, { ...shared, secret });
  const { switchAccountUrl, signOut } = accounts;
  const site: Site<VisitorRequest> = {
    name: config.name,
    baseUrl: config.baseUrl,
    async findSession(_, { native }) {
      if (native === undefined) return null;
      const signedIn = await accounts.find(native.request);
      return signedIn && { id: `${native.visitor} ${signedIn.user.id}`, ...signedIn };
    },
    loginUrl: (returnTo) => accounts.loginUrl(returnTo),
    ...(switchAccountUrl && { switchAccountUrl }),
    findUser: (id) => directory.find(id),
    findUserByUsername: (username) => directory.findByUsername(username),
  };
  const valetkey = await createValetkey<VisitorRequest>({
    site,
    store: { ...shared.store, close: async () => {} },
    scopes: config.scopes,
    pages: PAGES,
    extensions: signOut ? [createSignOut(signOut)] : [],
    changeFeed: shared.changeFeed,
    useLimiter: shared.useLimiter,
    attemptLimiter: shared.attemptLimiter,
    onJobFailure: shared.reportError,
    metrics: shared.metrics,
    now,
    monotonicNow: shared.monotonicNow,
  });
  await applySettings(config, valetkey);
  const signingKeys = createSigningKeys(secret, now);
  const { accounts: source, forwardAuth } = config;
  const matchRoute = createRouteMatcher(config.routes);
  const { isGranted, added } = await recordScopes(database, config, now());
  const isAskingProxy = createPeerTest(forwardAuth?.from ?? []);
  const createToken = createIdentityTokens({
    keys: signingKeys,
    issuer: config.baseUrl,
    audience: config.audience,
    now,
  });
  const { origin, pathname } = new URL(config.baseUrl);
  return {
    config,
    origin,
    basePath: pathname.replace(/\/$/, ''),
    valetkey,
    matchRoute,
    isGranted,
    addedRoutes: added,
    forwardTimeouts: { headersMs: config.timeouts.headers * 1000, idleMs: config.timeouts.idle * 1000 },
    signingKeys,
    signInPages: accounts.pages ?? null,
    createToken,
    forwardAuth:
      forwardAuth &&
      createForwardAuth({
        valetkey,
        matchRoute,
        isGranted,
        isTrustedPeer: isAskingProxy,
        allowsSemicolons: config.allowsSemicolons,
        prefix: forwardAuth.prefix ?? undefined,
        createToken,
        onMisconfigured: (problem) =>
          shared.reportError(
            new Error(`A proxy sent an invalid forward-authentication request: ${problem}.`),
          ),
      }),
    isTrustedProxy: createPeerTest(config.trustedProxies),
    isAskingProxy,
    isSignInProxy: createPeerTest(source.kind === 'header' ? source.from : []),
    accountHeaders: new Set(source.kind === 'header' ? accountHeaders(source).map(foldHeaderName) : []),
    close: () => valetkey.close(),
  };
}

/** The configuration takes precedence over values that an admin changed. */
async function applySettings({ settings }: GatewayConfig, valetkey: Valetkey<VisitorRequest>): Promise<void> {
  const current = new Map(valetkey.settings.list().map(({ setting, value }) => [setting as string, value]));
  const changed = [...settings].filter(([name, value]) => current.get(name) !== value);
  if (changed.length > 0) await valetkey.settings.setAll(new Map(changed));
}
